// `filmroom consensus`: determine the exams of a site, or those of a CSV file of reads, without a site.
//
// Labels go to standard output as CSV, or what was learnt as JSON; which model was chosen, and why, to standard error.

import ArgumentParser
import Consensus
import Files
import Foundation
import Interchange
import Pipeline
import Spool
import Stages

struct ConsensusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "consensus", abstract: "One label for each exam, from the labels of several readers.",
        discussion: """
            Determines every exam of the site that its protocol allows, and publishes the results: one version for each state \
            of its reads. Running it again changes nothing. Meant for cron.

            With --what-if FILE it says how results would differ by the readers and protocols of FILE (YAML, as in parties.yaml \
            and reading.yaml), and changes nothing. With --replay it determines stored results anew, from the reads that were \
            sealed then with the weights of that day, and says what differs: exit 2 when something does.

            With --reads FILE no site is needed: FILE is CSV with the header exam,reader,label (or task,worker,label), and \
            exam,label,posterior is printed, sorted by exam. Repeated rows all count; of equally probable labels the lowest \
            is printed. `--model all` prints a row for each model, with a column `model`.
            """)

    @OptionGroup var options: SiteOptions

    @Option(help: "CSV of reads: exam,reader,label or task,worker,label, in any order; - is standard input.")
    var reads: String?

    @Option(help: "majority weighted dawidSkene oneCoin ordinal ebcc; auto chooses one, all prints each.")
    var model = ModelName.auto

    @Flag(help: "Print priors and error rates as JSON instead.")
    var parameters = false

    @Option(help: "The seed of what is random: the start of ebcc, and the reads left out by auto.")
    var seed: UInt64 = 1

    @Option(name: .customLong("what-if"), help: "Readers and protocols to try, YAML; nothing is changed.")
    var whatIf: String?

    @Flag(help: "Determine stored results anew and compare; those of one exam when its key follows.")
    var replay = false

    @Argument(help: "With --replay: an exam's key.")
    var exam: String?

    func validate() throws {
        if [reads != nil, whatIf != nil, replay].count(where: { $0 }) > 1 {
            throw ValidationError("--reads, --what-if and --replay are different questions; ask one at a time")
        }
        if let exam, !replay { throw ValidationError("'\(exam)': an exam's key goes with --replay") }
    }

    func run() throws {
        if let whatIf {
            return try WhatIfReport(site: options.openForReading(), file: whatIf, isJSON: options.json).run()
        }
        if replay { return try ReplayReport(site: options.openForReading(), examKey: exam, isJSON: options.json).run() }
        guard let path = reads else { return try determineSite() }
        do throws(ReadsError) {
            try determine(try ReadsFile.read(path))
        } catch {
            throw CommandFailure.failed(error.description)
        }
    }

    /// The exams of the site.
    private func determineSite() throws {
        let site = try options.open(isWorker: true)
        let failures = try options.orFail {
            // Two at once would write the same statistics; results have their own leases.
            let turn = try TurnLock(spool: options.rootPath + "/spool", command: "consensus")
            defer { withExtendedLifetime(turn) {} }
            let progress = Progress(title: "consensus", total: 0, logger: site.logger)
            let made = try ConsensusRun(site: site).run(onExam: { progress.advance(1) })
            progress.finish()
            try ReaderStatistics(site: site).publish()
            let failures = try PublicationRun(site: site, unique: UUID().uuidString.lowercased()).run()
            try OfficePages(site: site).renew()
            try report(made)
            return failures
        }
        guard failures == 0 else { throw CommandFailure.failed("\(failures) publications failed; see above") }
    }

    private func report(_ made: [(exam: String, version: Int, label: String)]) throws {
        guard options.json else {
            for result in made { StandardStreams.print("\(result.exam)\tv\(result.version)\t\(result.label)") }
            return
        }
        try StandardStreams.printJSON([
            "determined": made.map {
                ["exam": $0.exam, "version": $0.version, "outcome": $0.label] as [String: Any]
            }
        ])
    }

    private func determine(_ file: ReadsFile) throws(ReadsError) {
        let choice = model == .auto ? choose(file) : nil
        let models = choice.map { [$0.model] } ?? model.models
        let outcomes = models.map { $0.fit(file.table, seed: seed) }
        let text = ConsensusText(file)
        let output = OpenFile(descriptor: dup(STDOUT_FILENO), path: "standard output")
        do throws(FilesError) {
            guard parameters else {
                return try text.csv(outcomes, namesModels: model == .all) { (bytes) throws(FilesError) in
                    try output.write(bytes)
                }
            }
            var json = JSONText()
            if model == .all { json.raw("[") }
            for (index, outcome) in outcomes.enumerated() {
                if index > 0 { json.raw(",") }
                text.parameters(outcome, choice: choice, into: &json)
            }
            json.raw(model == .all ? "]\n" : "\n")
            try output.write(json.bytes)
        } catch {
            throw .file(error)
        }
    }

    private func choose(_ file: ReadsFile) -> ModelChoice {
        let choice = ModelChoice.make(file.table, labelsAreOrdered: file.labelsAreNumbers, seed: seed)
        StandardStreams.complain("model \(choice.model.rawValue): \(choice.reason)")
        return choice
    }
}

/// What `--model` may name.
enum ModelName: String, ExpressibleByArgument, CaseIterable {
    case majority, weighted, dawidSkene, oneCoin, ordinal, ebcc, auto, all

    /// The models that it stands for; none for `auto`.
    var models: [ConsensusModel] {
        self == .all ? ConsensusModel.allCases : ConsensusModel(rawValue: rawValue).map { [$0] } ?? []
    }
}
