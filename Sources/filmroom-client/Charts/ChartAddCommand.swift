// `filmroom-client chart add`: documents of charts into the store of this machine.

import ArgumentParser
import Files
import Foundation
import Interchange

struct ChartAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Take charts in: JSON, FHIR R4 or HL7 v2, as the service takes them.",
        discussion: """
            Each object, resource or group of segments is taken or refused by itself. The same again changes nothing; other \
            content of an entry is a newer version of it. Exit: 2 when something was refused.
            """)

    @OptionGroup var options: ChartOptions

    @Option(help: "Where picked up things lie; also $FILMROOM_DESK. Default: ~/filmroom.")
    var desk: String?

    @Flag(help: "Print one JSON document on standard output.")
    var json = false

    @Argument(help: "The documents.")
    var files: [String]

    private struct Taken: Encodable {
        let file: String
        let items: [ChartIntake.Item]
        let problem: String?
    }

    private struct Document: Encodable {
        let type = "chartsAdded"
        let files: [Taken]
    }

    func run() throws {
        let store = try ChartStore(desk: ServerOptions.desk(desk), issuer: options.ownIssuer, isWriting: true)
        let zone = ZoneOffset(identifier: TimeZone.current.identifier) ?? .unknown
        let intake = ChartIntake(store: store, zone: zone, at: Self.now())
        let taken = try files.map { file in
            let path = Paths.resolve(file, below: Paths.current())
            do { return Taken(file: file, items: try intake.take(path), problem: nil) } catch let failure
                as ClientFailure
            {
                return Taken(file: file, items: [], problem: failure.description)
            }
        }
        if json { try Console.printJSON(Document(files: taken)) } else { taken.forEach(Self.print) }
        let bad = taken.filter { $0.problem != nil || $0.items.contains { $0.status == "refused" } }
        guard bad.isEmpty else {
            throw ClientFailure.findings(
                "not all was taken of \(bad.map { $0.problem ?? $0.file }.joined(separator: ", "))")
        }
    }

    private static func print(_ taken: Taken) {
        let counts = Dictionary(grouping: taken.items, by: \.status).mapValues(\.count).sorted { $0.key < $1.key }
        Console.print("\(taken.file): \(counts.map { "\($0.value) \($0.key)" }.joined(separator: ", "))")
        for item in taken.items where item.status == "refused" {
            Console.print("  \(item.id ?? "item \(item.index)"): \(item.reason ?? "")")
        }
    }

    /// The time here, with its offset.
    static func now() -> String {
        let formatter = ISO8601DateFormatter()
        formatter.timeZone = .current
        return formatter.string(from: Date())
    }
}
