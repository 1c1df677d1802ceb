// `filmroom-client fetch`: everything that waits for a party, verified and acknowledged.

import ArgumentParser
import Files
import Foundation

struct FetchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch", abstract: "Pick up what waits, verify it, and acknowledge it.",
        discussion: """
            Everything goes to <desk>/<kind>/<name>. Each file is compared with its checksum, each folder with its \
            SHA256SUMS, before it appears; then it is acknowledged, and the service removes its copy. What fails is not \
            kept, and exit is 2. With --no-ack nothing is acknowledged.
            """)

    @OptionGroup var server: ServerOptions

    @Option(help: "Only these: worklists deliveries results notices invoices liaison receipts, joined by commas.")
    var kinds: String?

    @Option(help: "Only the thing of this name.")
    var name: String?

    @Flag(name: .customLong("no-ack"), help: "Leave everything there as well.")
    var noAck = false

    func run() throws {
        let fetched = try Fetching(server: server, kinds: try chosen(), acknowledges: !noAck).run { name in
            self.name == nil || self.name == name
        }
        if server.json { try Console.printJSON(fetched.document) } else { fetched.tell() }
        try fetched.fail()
    }

    private func chosen() throws -> [String] {
        guard let kinds else { return Pickup.kinds }
        let names = kinds.split(separator: ",").map(String.init)
        let allowed = Pickup.kinds + ["receipts"]
        for name in names where !allowed.contains(name) {
            throw ClientFailure.failed("--kinds \(name): one of \(allowed.joined(separator: " "))")
        }
        return names
    }
}

/// Picks up several kinds; a bad thing costs no other.
struct Fetching {
    let server: ServerOptions
    let kinds: [String]
    let acknowledges: Bool

    struct Outcome {
        let picked: [PickedUp]
        let failures: [String]

        struct Document: Encodable {
            let type = "fetched"
            let things: [PickedUp]
            let failures: [String]
        }

        var document: Document { Document(things: picked, failures: failures) }

        func tell() {
            for thing in picked {
                Console.print("\(thing.path)" + (thing.wasHere ? "  (was here)" : ""))
            }
            if picked.isEmpty, failures.isEmpty { Console.say("nothing waits") }
        }

        func fail() throws {
            guard !failures.isEmpty else { return }
            throw ClientFailure.findings(failures.joined(separator: "\n"))
        }
    }

    func run(isWanted: @escaping (String) -> Bool = { _ in true }) throws -> Outcome {
        let pickup = Pickup(
            postbox: try server.open(), desk: server.deskPath, outbox: try Outbox(desk: server.deskPath),
            acknowledges: acknowledges)
        var picked: [PickedUp] = []
        var failures: [String] = []
        for kind in kinds {
            for thing in try pickup.things(of: kind) where isWanted(thing.name) {
                do { picked.append(try pickup.take(thing, kind: kind)) } catch let failure as ClientFailure {
                    guard failure.code == ClientFailure.findings("").code else { throw failure }
                    failures.append(failure.description)
                }
            }
        }
        return Outcome(picked: picked, failures: failures)
    }
}
