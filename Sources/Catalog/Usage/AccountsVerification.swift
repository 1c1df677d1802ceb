// Holds the accounts against themselves: the ledger's chain, the documents' chain, the sums, and what the packs hold.
//
// Memory: one row at a time, and the sums of a day. It changes nothing but, where that is asked for, sums that are wrong.

internal import Foundation
internal import GRDB
internal import Files

extension Catalog {
    /// What is wrong with the accounts; empty when they are sound.
    ///
    /// - Parameter isRepairing: Whether sums that are not those of the ledger are made anew from it. They are not when the
    ///   ledger itself was changed.
    package func accountFindings(isRepairing: Bool = false) throws(CatalogError) -> [String] {
        let ledger = try read { try Self.ledgerFindings($0) }
        let sums =
            isRepairing && ledger.isEmpty
            ? try write { try Self.repairSums($0) }
            : try read { try SumsVerification(database: $0).findings().map(\.reason) }
        return try ledger + sums + read { try Self.documentFindings($0) + Self.balanceFindings($0) }
    }

    private static func repairSums(_ database: Database) throws -> [String] {
        try SumsVerification(database: database).findings().map { party, reason in
            try UsageSums.remake(database, party: party)
            return reason + "; they were made anew from the ledger"
        }
    }

    private static func ledgerFindings(_ database: Database) throws -> [String] {
        var before: Data?
        let rows = try Row.fetchCursor(database, sql: "\(UsageRow.query) ORDER BY usage_event.id")
        while let row = try rows.next() {
            let usage = UsageRow(row)
            let digest = UsageChain.digest(of: usage, after: before)
            guard digest == row["digest"] as Data else {
                return ["usage ledger: the event \(usage.act) or the one before it is not the one that was written"]
            }
            before = digest
        }
        return []
    }

    private static func documentFindings(_ database: Database) throws -> [String] {
        var findings: [String] = []
        var before: String?
        let rows = try Row.fetchCursor(database, sql: "SELECT * FROM invoice ORDER BY id")
        while let record = try rows.next().map({ try InvoiceRecord($0) }) {
            let number = record.invoice.number ?? "invoice \(record.id)"
            if SHA256.digest(of: record.document) != record.digest {
                findings.append("\(number): its JSON is not the one that was issued")
            }
            if record.invoice.previousDigest != before {
                findings.append("\(number): the document before it is not the one that it names")
            }
            before = record.digest.hex
        }
        return findings
    }

    /// Bytes that are charged against bytes that are there.
    private static func balanceFindings(_ database: Database) throws -> [String] {
        try Row.fetchAll(
            database,
            kept: """
                SELECT name, tier, SUM(charged) AS charged, SUM(held) AS held FROM (
                    SELECT party_id, tier, byte_count AS charged, 0 AS held FROM storage_balance
                    UNION ALL
                    SELECT party_id, tier, 0, SUM(instance.byte_count) FROM instance
                    JOIN pack ON pack.id = pack_id JOIN series ON series.id = pack.series_id
                    JOIN study ON study.id = study_id GROUP BY party_id, tier
                ) JOIN party ON party.id = party_id GROUP BY name, tier HAVING SUM(charged) <> SUM(held)
                """
        ).map { row in
            "usage ledger: \(row["name"] as String) is charged for \(row["charged"] as Int64) bytes in the tier"
                + " '\(row["tier"] as String)', and has \(row["held"] as Int64)"
        }
    }
}
