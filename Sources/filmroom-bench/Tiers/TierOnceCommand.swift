// The hidden command by which the benchmark runs itself again: moves all exams of a site once and gives account of it.

import ArgumentParser
import Catalog
import Files
import Foundation
import Stages

struct TierOnceCommand: ParsableCommand {
    static let name = "tier-once"

    static let configuration = CommandConfiguration(
        commandName: name, abstract: "Moves all exams of a site once.", shouldDisplay: false)

    enum Direction: String, ExpressibleByArgument {
        case demote, recall
    }

    @Argument(help: "demote or recall.") var direction: Direction

    @Option(help: "The site's folder.")
    var root: String

    @Option(help: "The file that the account is written to.")
    var account: String

    func run() throws {
        let site = try BenchSite.open(root)
        var exams: [(study: Int64, key: String)] = []
        try site.catalog.forEachExam(ExamSearch()) { exams.append(($0.study, $0.key)) }
        let run = try TierRun(site: site, unique: UUID().uuidString.lowercased())
        let report = try direction == .demote ? run.demote(exams) : run.recall(exams)
        if let failure = report.failures.first { throw BenchError.wrongResult(failure) }
        let moved = report.demoted + report.recalled
        guard moved.count == exams.count else {
            throw BenchError.wrongResult("\(moved.count) of \(exams.count) exams moved")
        }
        try TierAccount(
            peakByteCount: try IngestAccount.ownPeakByteCount(), movedByteCount: moved.reduce(0) { $0 + $1.byteCount }
        ).write(to: account)
    }
}

/// What a program that moved exams says of itself at its end.
struct TierAccount: Codable {
    let peakByteCount: Int64
    /// What the packs take where they are now.
    let movedByteCount: Int64

    func write(to path: String) throws(BenchError) {
        try BenchError.wrap { try Paths.write(Array(try JSONEncoder().encode(self)), to: path) }
    }

    static func read(_ path: String) throws(BenchError) -> TierAccount {
        try BenchError.wrap { try JSONDecoder().decode(TierAccount.self, from: Data(try Paths.read(path))) }
    }
}
