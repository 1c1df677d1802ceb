// Sends a drop until its receipt is there, exactly once however often the link breaks.
//
// The attestation goes first: while it lies there, the service waits for the whole; when it is gone, the service has
// taken the whole. So a broken answer is never guessed at: what lies there tells what is to be done next.

import Files
import Foundation
import Logging
import Pipeline

/// How a sending ended.
struct Sent: Encodable {
    let type = "sent"
    let kind: String
    let name: String
    let sha256: String
    let byteCount: Int64
    /// Of the receipt; `unanswered` when none came within the time.
    var status: String
    /// The receipt's name in `receipts/`.
    var receiptName: String?
    var receipt: Receipt?
    /// How often the link broke.
    var interruptions: Int
    /// Paths of files that were sent again because the service missed them.
    var resent: [String]
    /// Whether it had arrived before, so that nothing was sent.
    var wasThere: Bool
}

struct Sending {
    let postbox: Postbox
    let outgoing: Outgoing
    /// How long to wait for the receipt; 0 for not at all.
    let waitSeconds: Double
    let logger: Logger

    /// How often missing files are sent again.
    private static let resendLimit = 5
    private static let longestPollSeconds = 10.0
    /// A service that has taken the files has not always removed the attestation yet.
    private static let secondLookSeconds = 1.0

    func run() throws -> Sent {
        var sent = Sent(
            kind: outgoing.kind, name: outgoing.name, sha256: outgoing.digest.hex, byteCount: outgoing.byteCount,
            status: "unanswered", interruptions: 0, resent: [], wasThere: false)
        if let found = try receipt(in: try postbox.list(outbound: "receipts")), found.receipt.status != "incomplete" {
            take(found, into: &sent)
            sent.wasThere = true
            return sent
        }
        let present = try present()
        try deliver(outgoing.parcels.filter { !present.contains($0.name) }, &sent)
        guard waitSeconds > 0 else { return sent }
        let end = Date().addingTimeInterval(waitSeconds)
        while let found = try answer(until: end, sent) {
            take(found, into: &sent)
            guard found.receipt.status == "incomplete" else { return sent }
            guard sent.resent.count < Self.resendLimit * max(1, outgoing.parcels.count) else { return sent }
            try resend(found.receipt, &sent)
        }
        return sent
    }

    private func take(_ found: (name: String, receipt: Receipt), into sent: inout Sent) {
        sent.status = found.receipt.status
        sent.receiptName = found.name
        sent.receipt = found.receipt
    }

    // There

    /// What of it lies there from an earlier run. It appears under its name only when it is whole; should it have been
    /// harmed since, the service says so, and it is sent again.
    private func present() throws(ClientFailure) -> Set<String> {
        var found: Set<String> = []
        for (folder, parcels) in Dictionary(grouping: outgoing.parcels, by: \.folder) {
            let entries = try postbox.list(incoming: folder.isEmpty ? outgoing.kind : "\(outgoing.kind)/\(folder)")
            let sizes = Dictionary(entries.map { ($0.name, $0.byteCount) }, uniquingKeysWith: max)
            for parcel in parcels {
                let name = parcel.name.split(separator: "/").last.map(String.init) ?? ""
                if sizes[name] == parcel.byteCount { found.insert(parcel.name) }
            }
        }
        return found
    }

    /// Puts the attestation and then the files, until they lie there or the service has taken them.
    private func deliver(_ parcels: [Parcel], _ sent: inout Sent) throws {
        let bytes = outgoing.byteCount
        let progress = Progress(title: outgoing.name, total: bytes, logger: logger)
        defer { progress.finish() }
        var failures = 0
        var rest = parcels[...]
        var isAttested = false
        while !isAttested || !rest.isEmpty {
            do throws(LinkFailure) {
                if !isAttested {
                    try postbox.link.put(outgoing.attestation, into: postbox.incoming(outgoing.kind)) { _ in }
                    isAttested = true
                }
                if failures > 0 { rest = try arrived(rest) }
                while let parcel = rest.first {
                    try postbox.link.put(parcel, into: postbox.incoming(outgoing.kind)) { progress.advance($0) }
                    rest = rest.dropFirst()
                    failures = 0
                }
            } catch {
                failures += 1
                sent.interruptions += 1
                progress.finish()
                try postbox.pause(after: error, failures: failures)
                if isAttested, try isTaken() { return }
            }
        }
    }

    /// What is still to be sent after the link broke.
    private func arrived(_ rest: ArraySlice<Parcel>) throws(LinkFailure) -> ArraySlice<Parcel> {
        guard let parcel = rest.first else { return rest }
        let folder = parcel.folder.isEmpty ? "" : "/\(parcel.folder)"
        let name = parcel.name.split(separator: "/").last.map(String.init) ?? ""
        let entries = try postbox.link.list(postbox.incoming(outgoing.kind) + folder)
        // It appears under its name only when it is whole.
        return entries.contains { $0.name == name && $0.byteCount == parcel.byteCount } ? rest.dropFirst() : rest
    }

    /// Whether the service has taken the drop: its attestation is gone.
    private func isTaken() throws(ClientFailure) -> Bool {
        func isGone() throws(ClientFailure) -> Bool {
            try !postbox.list(incoming: outgoing.kind).contains { $0.name == outgoing.attestation.name }
        }
        if try isGone() { return true }
        Thread.sleep(forTimeInterval: Self.secondLookSeconds)
        return try isGone()
    }

    /// Sends what a receipt says is missing, and nothing else.
    private func resend(_ receipt: Receipt, _ sent: inout Sent) throws {
        let missing = Set((receipt.missing ?? []).map { $0.hasPrefix("./") ? String($0.dropFirst(2)) : $0 })
        let parcels = outgoing.parcels(at: missing)
        guard !parcels.isEmpty else {
            throw ClientFailure.findings(
                "the service waits for \(missing.sorted().joined(separator: ", ")), which is none of the files sent")
        }
        Console.say("\(outgoing.name): \(parcels.count) files are missing there, sending them again")
        sent.resent += parcels.map { outgoing.isFolder ? String($0.name.dropFirst(outgoing.name.count + 1)) : $0.name }
        try deliver(parcels, &sent)
    }

    // Back

    private func answer(until end: Date, _ sent: Sent) throws -> (name: String, receipt: Receipt)? {
        var pause = 0.1
        while true {
            if let found = try receipt(in: try postbox.list(outbound: "receipts")) {
                let isOld = found.receipt.status == "incomplete" && !isNews(found.receipt, sent)
                if !isOld { return found }
            }
            guard Date().addingTimeInterval(pause) < end else { return nil }
            Thread.sleep(forTimeInterval: pause)
            pause = min(Self.longestPollSeconds, pause * 1.5)
        }
    }

    /// Whether an incomplete receipt misses something that was not just sent again.
    private func isNews(_ receipt: Receipt, _ sent: Sent) -> Bool {
        guard let before = sent.receipt, before.status == "incomplete" else { return true }
        return before.missing != receipt.missing
    }

    /// The newest receipt of this drop, compared with its own checksum and with what was sent.
    private func receipt(in entries: [RemoteEntry]) throws -> (name: String, receipt: Receipt)? {
        let start = "\(outgoing.kind).\(outgoing.name)"
        let whole = entries.filter { entry in
            entry.name == "\(start).\(outgoing.digest.short).json"
                || entry.name.hasPrefix("\(start).\(outgoing.digest.short).") && entry.name.hasSuffix(".json")
        }
        let incomplete = entries.filter { $0.name == "\(start).incomplete.json" }
        guard let entry = whole.min(by: { $0.name.count < $1.name.count }) ?? incomplete.first else { return nil }
        return try ReceiptReading(postbox: postbox).read(entry.name, isAttested: !whole.isEmpty).map { receipt in
            if let disagreement = receipt.disagreement(with: outgoing) {
                throw ClientFailure.findings(
                    "the receipt \(entry.name) is refused: \(disagreement). Keep your files, and tell the service")
            }
            return (entry.name, receipt)
        }
    }
}
