// The hidden command by which the benchmark runs itself again, and tests look at deliveries: delivers exams of a site once,
// without a record, and gives account of it.

import ArgumentParser
import Catalog
import Files
import Foundation
import Stages

struct DeliverOnceCommand: ParsableCommand {
    static let name = "deliver-once"

    static let configuration = CommandConfiguration(
        commandName: name, abstract: "Delivers exams of a site once, without a record.", shouldDisplay: false)

    @Option(help: "The site's folder.")
    var root: String

    @Option(help: "The exam's key; all exams where it is not given.")
    var exam: String?

    @Option(help: "The party that gets it.")
    var party: String

    @Option(help: "The purpose's id.")
    var purpose = "treatment"

    @Option(help: "The request's id.")
    var request = "R-1"

    @Option(help: "Modalities, with commas between.")
    var kinds: String?

    @Flag(help: "Add a DICOMDIR.")
    var dicomdir = false

    @Option(help: "The file that the account is written to; standard output where it is not given.")
    var account: String?

    func run() throws {
        let site = try BenchSite.open(root)
        let trial = DeliveryTrial(site: site)
        var outcomes: [DeliveryTrial.Outcome] = []
        for (number, key) in try keys(site).enumerated() {
            outcomes.append(
                try trial.deliver(
                    exam: key, to: party, request: number == 0 ? request : "\(request).\(number)", purpose: purpose,
                    kinds: kinds?.split(separator: ",").map(String.init), isDICOMDIRWanted: dicomdir))
        }
        let result = DeliveryAccount(
            peakByteCount: try IngestAccount.ownPeakByteCount(),
            byteCount: outcomes.flatMap(\.files).reduce(0) { $0 + $1.byteCount },
            imageCount: outcomes.reduce(0) { $0 + $1.imageCount }, outcomes: outcomes)
        if let account { try result.write(to: account) } else { try Results.print(json: result) }
    }

    private func keys(_ site: SiteContext) throws -> [String] {
        if let exam { return [exam] }
        var keys: [String] = []
        try site.catalog.forEachExam(ExamSearch()) { keys.append($0.key) }
        return keys
    }
}

/// What a program that delivered says of itself at its end.
struct DeliveryAccount: Codable {
    let peakByteCount: Int64
    /// Of all files that were written.
    let byteCount: Int64
    let imageCount: Int
    let outcomes: [DeliveryTrial.Outcome]

    func write(to path: String) throws(BenchError) {
        try BenchError.wrap { try Paths.write(Array(try JSONEncoder().encode(self)), to: path) }
    }

    static func read(_ path: String) throws(BenchError) -> DeliveryAccount {
        try BenchError.wrap {
            try JSONDecoder().decode(DeliveryAccount.self, from: Data(try Paths.read(path, limit: 1 << 30)))
        }
    }
}
