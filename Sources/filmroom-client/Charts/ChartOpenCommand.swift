// `filmroom-client chart open`: a chart with its images on one page. What is not here is asked for.

import ArgumentParser
import Files
import Foundation
import Radiology

struct ChartOpenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "Ask for the images of a chart, wait for them, and make its page.",
        discussion: """
            Exams that an entry names are asked for by their numbers; for entries without any, the patient's exam of the day, \
            or the nearest one. What is here is not asked for again. With --no-wait, or when an answer takes longer than \
            --wait, the page shows what is here; opening it again goes on.
            """)

    @OptionGroup var server: ServerOptions
    @OptionGroup var answer: AnswerOptions
    @OptionGroup var options: ChartOptions

    @Option(help: "What for.")
    var purpose = "treatment"

    @Flag(help: "Ask for nothing; show what is here.")
    var offline = false

    @Flag(help: "Ask also for what is here: it may have grown.")
    var renew = false

    @Flag(help: "Open the page in the browser.")
    var open = false

    @Argument(help: "A patient id, or the name of an entry.")
    var name: String

    private struct Document: Encodable {
        let type = "chart"
        let patientID: String
        let page: String
        let links: [TellingLink]
        let held: [TellingLink]
        let unmatchedEntries: [String]
        let unmatchedExams: [String]
        let asked: [String]
        let waiting: [String]
    }

    /// Rounds of questions: by study UID, by accession number, by day; and what an earlier run left open.
    private static let roundLimit = 4

    func run() throws {
        let facility = try server.partyID()
        let store = try ChartStore(desk: server.deskPath, issuer: options.ownIssuer, isWriting: true)
        let root = try ChartOptions.chart(name, in: store)
        var chart = try linked(root, store, facility)
        var asked: [String] = []
        var waiting: [String] = []
        if !offline {
            let asking = ChartAsking(
                server: server, purpose: purpose, seconds: answer.seconds, store: store, patient: root.patient.identity)
            var done: Set<ExamAsked> = []
            for _ in 0..<Self.roundLimit {
                let wants = ChartWants(chart: chart, facility: facility, isRenewal: renew, done: done).next()
                let round = try asking.ask(wants)
                guard !round.asked.isEmpty else { break }
                done.formUnion(wants.map(ChartWants.plain))
                asked += round.asked.map(\.id).filter { !asked.contains($0) }
                waiting = round.waiting
                chart = try linked(root, store, facility)
                guard waiting.isEmpty else { break }
            }
        }
        let page = try ChartPage(chart: chart, store: store, facility: facility).make()
        try tell(chart, page + fragment(chart), asked, waiting)
    }

    private func linked(_ root: StoredChart, _ store: ChartStore, _ facility: String) throws -> LinkedChart {
        let desk = try DeskExams(desk: server.deskPath, facility: facility, now: Date()).all()
        try store.learn(ownIssuer: desk.lazy.compactMap(\.about.ownIssuer).first)
        return try LinkedChart(root, store: store, facility: facility, desk: desk)
    }

    /// Where an entry was named, the page opens at it.
    private func fragment(_ chart: LinkedChart) -> String {
        guard chart.entries.contains(where: { $0.entry.name == name }) else { return "" }
        let allowed = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-._~"))
        return "#entry=\(name.addingPercentEncoding(withAllowedCharacters: allowed) ?? name)"
    }

    private func tell(_ chart: LinkedChart, _ page: String, _ asked: [String], _ waiting: [String]) throws {
        let told = chart.told.sorted { $0.key < $1.key }.flatMap(\.value)
        if server.json {
            try Console.printJSON(
                Document(
                    patientID: chart.patient.identity.patientID, page: page,
                    links: told.filter(\.holds).map { TellingLink($0) },
                    held: told.filter(\.isHeld).map { TellingLink($0) },
                    unmatchedEntries: chart.unmatchedEntries, unmatchedExams: chart.unmatchedExams, asked: asked,
                    waiting: waiting))
        } else {
            Console.print(page)
            for entry in chart.unmatchedEntries { Console.say("\(entry): no images belong to it") }
        }
        if !waiting.isEmpty {
            Console.say("\(waiting.count) answers are not here yet; the page shows what is. Open it again later")
        }
        if open { _ = try ChildProcess(program: "xdg-open", arguments: [page]).run() }
    }
}

/// A link, for a program.
struct TellingLink: Encodable {
    let entry: String
    let exam: String
    let by: String
    let certainty: String
    let patientOfExam: String?

    init(_ link: ToldLink) {
        entry = link.entry
        exam = link.exam
        by = link.basis.rawValue
        certainty = link.certainty.rawValue
        patientOfExam = link.conflict
    }
}
