// Picks up what lies in a party's outbound folders: verified, whole or not at all, then acknowledged.
//
// It arrives under a hidden name and is renamed when every digest matches. What cannot be verified is not kept and not
// acknowledged: it stays there, and is fetched again.

import Bundles
import Files
import Foundation
import Logging
import Pipeline
import Spool

struct Pickup {
    let postbox: Postbox
    let desk: String
    let outbox: Outbox
    let acknowledges: Bool

    /// What a party may have waiting. Receipts are read by those who sent.
    static let kinds = ["worklists", "deliveries", "results", "notices", "invoices", "liaison"]

    /// What lies there, without the checksums that go with other files.
    func things(of kind: String) throws -> [RemoteEntry] {
        let entries = try postbox.list(outbound: kind).filter { !IgnoredNames.contains(FileName($0.name)) }
        let names = Set(entries.map(\.name))
        let suffix = IgnoredNames.checksumSuffix
        return entries.filter { entry in
            !(entry.name.hasSuffix(suffix) && names.contains(String(entry.name.dropLast(suffix.count))))
        }.sorted { $0.name < $1.name }
    }

    /// Picks one up.
    ///
    /// - Throws: A finding when it cannot be verified.
    func take(_ entry: RemoteEntry, kind: String) throws -> PickedUp {
        let place = "\(desk)/\(kind)"
        try Paths.makeDirectories(place, permissions: 0o700)
        let target = "\(place)/\(entry.name)"
        let checksumName = entry.isFolder ? "\(entry.name)/\(Self.sums)" : "\(entry.name)\(IgnoredNames.checksumSuffix)"
        let list = try fetchList(kind, checksumName, place)
        let wasHere = try isHere(target, entry, list)
        if !wasHere { try fetch(entry, kind: kind, to: target, list) }
        let sha256 = try entry.isFolder ? SHA256.digest(of: list) : LocalFolder.digest(ofFile: target)
        var picked = PickedUp(
            kind: kind, name: entry.name, path: target, sha256: sha256.hex, wasHere: wasHere, acknowledged: false)
        if acknowledges {
            try acknowledge(picked)
            picked.acknowledged = true
        }
        return picked
    }

    /// Something that was picked up before.
    func here(kind: String, _ name: String) throws -> PickedUp {
        let path = "\(desk)/\(kind)/\(name)"
        let file = Paths.status(path)?.kind == .directory ? "\(path)/\(Self.sums)" : path
        return PickedUp(
            kind: kind, name: name, path: path, sha256: try LocalFolder.digest(ofFile: file).hex, wasHere: true,
            acknowledged: false)
    }

    private static let sums = "SHA256SUMS"

    private func fetchList(_ kind: String, _ name: String, _ place: String) throws -> [UInt8] {
        let temporary = "\(place)/.sums-\(UUID().uuidString)"
        try postbox.get(outbound: kind, name, to: temporary)
        let bytes = try Paths.read(temporary, limit: 256 << 20)
        try LocalFolder.remove(temporary)
        return bytes
    }

    /// Whether the same lies here already, and is whole.
    private func isHere(_ target: String, _ entry: RemoteEntry, _ list: [UInt8]) throws -> Bool {
        guard Paths.exists(target) else { return false }
        return try problem(with: target, isFolder: entry.isFolder, name: entry.name, list) == nil
    }

    private func fetch(_ entry: RemoteEntry, kind: String, to target: String, _ list: [UInt8]) throws {
        let temporary = "\(desk)/\(kind)/.arriving-\(Outgoing.safeName(entry.name))"
        let progress = Progress(title: entry.name, total: entry.byteCount, logger: Console.logger())
        defer { progress.finish() }
        try postbox.get(outbound: kind, entry.name, isFolder: entry.isFolder, to: temporary) { progress.advance($0) }
        if let problem = try problem(with: temporary, isFolder: entry.isFolder, name: entry.name, list) {
            try LocalFolder.remove(temporary)
            throw ClientFailure.findings("\(kind)/\(entry.name) is not kept and not acknowledged: \(problem)")
        }
        try LocalFolder.replace(target, with: temporary)
    }

    /// What is wrong with a copy; nil when every byte is as its list says, and nothing is there that it does not name.
    private func problem(with path: String, isFolder: Bool, name: String, _ bytes: [UInt8]) throws -> String? {
        let list = ChecksumList(bytes)
        if let problem = list.problems.first { return "its checksums: \(problem)" }
        guard isFolder else {
            let digest = try LocalFolder.digest(ofFile: path)
            guard let line = list.entries.first(where: { $0.path == Array(name.utf8) }) else {
                return "its checksum file does not name it"
            }
            return line.digest == digest.bytes
                ? nil : "its SHA-256 is \(digest.hex), and not what its checksum file says"
        }
        let expected = Dictionary(
            list.entries.map { ($0.pathText, $0.digest) }, uniquingKeysWith: { first, _ in first })
        let files = try LocalFolder.files(path).map(\.path)
        if let extra = files.first(where: { $0 != Self.sums && expected[$0] == nil }) {
            return "\(extra) is not in its \(Self.sums)"
        }
        for (file, digest) in expected.sorted(by: { $0.key < $1.key }) {
            guard Paths.exists("\(path)/\(file)") else { return "\(file) is missing" }
            guard try LocalFolder.digest(ofFile: "\(path)/\(file)").bytes == digest else {
                return "\(file) is not what its \(Self.sums) says"
            }
        }
        return try Paths.read("\(path)/\(Self.sums)", limit: 256 << 20) == bytes
            ? nil : "its \(Self.sums) changed meanwhile"
    }

    /// Drops `<kind>.<name>.<digest>.ack`.
    private func acknowledge(_ picked: PickedUp) throws {
        let text = Array("\(picked.kind)/\(picked.name)\n\(picked.sha256)\n".utf8)
        let name =
            Outgoing.safeName("\(picked.kind).\(picked.name)".prefix(80) + "") + ".\(picked.sha256.prefix(8)).ack"
        let path = try outbox.write(text, name: name)
        let acknowledgement = try Outgoing.file(
            path, kind: "acks", name: name, digest: SHA256.digest(of: text), content: [], outbox: outbox)
        _ = try Sending(
            postbox: postbox, outgoing: acknowledgement, waitSeconds: 0, logger: Console.logger()
        ).run()
        try outbox.clear(acknowledgement)
    }
}
