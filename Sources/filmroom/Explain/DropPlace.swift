// A path in the spool as people write it, and which drop or receipt it can mean.
//
// Pure. Takes `northside/receipts/<name>`, `receipts/<name>`, `northside/images/<name>`, `images/<name>` or the bare name,
// with or without `spool/`, `incoming/` or `outbound/` before it, and the `.sha256` beside a file for the file.

import Configuration

struct DropPlace {
    let name: String
    /// nil where the path does not say it.
    let party: String?
    let kind: String?
    let mayBeReceipt: Bool
    let mayBeDrop: Bool

    private static let attestation = ".sha256"
    private static let receipts = OutboundKind.receipts.rawValue

    init(_ text: String) {
        let parts = text.split(separator: "/").map(String.init)
        let last = parts.last ?? ""
        let folder = parts.dropLast().last
        name = last.hasSuffix(Self.attestation) ? String(last.dropLast(Self.attestation.count)) : last
        let spool = ["spool", "incoming", "outbound"]
        party = parts.dropLast(2).last.flatMap { spool.contains($0) ? nil : $0 }
        kind = folder.flatMap { DropKind(rawValue: $0)?.rawValue }
        mayBeReceipt = folder == nil || folder == Self.receipts
        mayBeDrop = folder == nil || kind != nil
    }

    /// The name without what ends the receipt and the list of an incomplete drop; nil for other names.
    var incompleteStem: String? {
        for ending in [".incomplete.json", ".missing"] where name.hasSuffix(ending) {
            return String(name.dropLast(ending.count))
        }
        return nil
    }
}
