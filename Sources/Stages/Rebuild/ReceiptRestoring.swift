// Takes the receipts that still lie with the parties into a rebuilt catalogue: drops that left nothing in the archive keep
// their number, and no receipt to come takes the name of one that is there.
//
// Reads the head of each receipt, as `ReceiptText` writes it; the files in it are not restored.

internal import Catalog
internal import Files
internal import Foundation
internal import Spool

struct ReceiptRestoring {
    let catalog: Catalog
    let layout: SpoolLayout

    private static let headByteCount = 64 << 10
    private static let headLines = 3

    /// What the first lines of a receipt say.
    private struct Head: Decodable {
        struct Drop: Decodable {
            let id: String
            let party: String
            let kind: String
            let name: String
            let sha256: String
            let byteCount: Int64
            let attested: Bool
            let receivedAt: String
        }
        let drop: Drop
        let status: String
        let reason: String?
    }

    /// - Returns: Receipts that cannot be read as such.
    func run() throws -> [VerificationFinding] {
        var findings: [VerificationFinding] = []
        guard let outbound = try layout.openBelow(["outbound"]) else { return [] }
        for party in try outbound.names().sorted() {
            guard let folder = try layout.openBelow(["outbound", party.text, "receipts"]) else { continue }
            for name in try folder.names().sorted() where isReceipt(name.text) {
                do {
                    try restore(try head(folder, name), named: name.text, party: party.text)
                } catch let error as CatalogError {
                    throw error
                } catch {
                    findings.append(
                        VerificationFinding(
                            exam: nil, path: "spool/outbound/\(party.text)/receipts/\(name.text)",
                            reason: "this receipt cannot be read: \(error)"))
                }
            }
        }
        return findings
    }

    private func isReceipt(_ name: String) -> Bool {
        name.hasSuffix(".json") && !name.hasSuffix(".incomplete.json") && !name.hasPrefix(".")
    }

    private func head(_ folder: OpenDirectory, _ name: FileName) throws -> Head {
        let file = try folder.openFile(name)
        var bytes = [UInt8](repeating: 0, count: Self.headByteCount)
        let count = try bytes.withUnsafeMutableBytes { buffer throws(FilesError) in try file.read(into: buffer, at: 0) }
        let split = bytes[..<count].split(separator: UInt8(ascii: "\n"), maxSplits: Self.headLines)
        var lines = Array(split.prefix(Self.headLines).joined())
        while lines.last == UInt8(ascii: ",") { lines.removeLast() }
        return try JSONDecoder().decode(Head.self, from: Data(lines + [UInt8(ascii: "}")]))
    }

    private func restore(_ head: Head, named name: String, party: String) throws {
        guard head.drop.party == party, let id = DropID(text: head.drop.id),
            let sha256 = SHA256Digest(hex: head.drop.sha256),
            let dropName = FileName(bytes: Array(head.drop.name.utf8))
        else { return }
        try catalog.restoreReceipt(
            id, named: name, party: party, kind: head.drop.kind, name: dropName, status: head.status,
            reason: head.reason, sha256: sha256, byteCount: head.drop.byteCount, attested: head.drop.attested,
            at: head.drop.receivedAt)
    }
}
