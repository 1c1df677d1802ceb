// Sends drops and tells how each ended.

import Files
import Foundation

struct DropSender {
    let postbox: Postbox
    let outbox: Outbox
    let waitSeconds: Double

    /// Sends one, and removes what was made for it once the service has answered for it.
    func send(_ outgoing: Outgoing) throws -> Sent {
        let sent = try Sending(
            postbox: postbox, outgoing: outgoing, waitSeconds: waitSeconds, logger: Console.logger()
        ).run()
        if let receipt = sent.receipt, receipt.status != "incomplete" { try outbox.clear(outgoing) }
        return sent
    }
}

/// The end of sendings, for a person or a program.
struct Report {
    let sent: [Sent]
    let isJSON: Bool

    private struct Document: Encodable {
        let type = "sendings"
        let sent: [Sent]
    }

    /// - Throws: When one was not received.
    func tell() throws {
        if isJSON { try Console.printJSON(Document(sent: sent)) } else { sent.forEach(Self.print) }
        try Self.check(sent)
    }

    /// - Parameter details: What more is to be said then.
    /// - Throws: When one was not taken whole.
    static func check(_ sent: [Sent], details: [String] = []) throws {
        let bad = sent.filter { $0.receipt.map { !$0.isGood } ?? false }
        guard bad.isEmpty else {
            throw ClientFailure.findings(
                "\(bad.count) of \(sent.count) were not taken whole: "
                    + bad.map { "\($0.name) is \($0.status)" }
                    .joined(separator: ", ") + details.map { "\n\($0)" }.joined())
        }
    }

    static func print(_ sent: Sent) {
        guard let receipt = sent.receipt else {
            return Console.print("\(sent.kind)/\(sent.name): sent, no receipt yet")
        }
        receipt.account.forEach(Console.print)
        if sent.wasThere { Console.print("  this is the receipt of an earlier sending; nothing was sent now") }
        if !sent.resent.isEmpty { Console.print("  sent again: \(sent.resent.joined(separator: ", "))") }
    }
}
