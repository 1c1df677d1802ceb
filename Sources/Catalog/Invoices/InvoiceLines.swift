// From a line of a document to the events behind it, and from an event to the line that bills it.
//
// Reads only. Events are given one by one: there may be millions.

package import Accounting
internal import GRDB

/// A line of a document as the catalogue keeps it.
package struct InvoiceLineRecord: Sendable {
    package let invoice: Int64
    package let invoiceNumber: String
    package let number: Int
    package let amountMinorUnits: Int64
    /// The line that it credits; nil elsewhere.
    package let credits: Int?
    package let source: LineSource
    package let fromSeconds: Int64
    package let toSeconds: Int64
    package let party: String
    let partyRow: Int64
    let ledgerFrom: Int64
    let ledgerHead: Int64

    init(_ row: Row) throws {
        guard let source = LineSource(row["source"] as String) else {
            throw CatalogError.database("a line's source '\(row["source"] as String)' is none")
        }
        self.source = source
        invoice = row["invoice_id"]
        invoiceNumber = row["invoice_number"]
        number = row["number"]
        amountMinorUnits = row["amount"]
        credits = row["credits"]
        fromSeconds = row["from_seconds"]
        toSeconds = row["to_seconds"]
        party = row["party"]
        partyRow = row["party_id"]
        ledgerFrom = row["ledger_from"]
        ledgerHead = row["ledger_head"]
    }
}

/// One event of the usage ledger.
package struct UsageRecord: Sendable {
    package let id: Int64
    package let act: String
    package let kind: String
    package let party: String
    package let atSeconds: Int64
    package let exam: String?
    package let cause: String
    package let tier: String?
    package let fromTier: String?
    package let byteCount: Int64?
    package let purpose: String?
    package let unitPrice: Price?
    package let currency: String?
    package let explanation: String?
    /// In minor units.
    package let metered: Int64?
    package let waived: Int64?

    init(_ row: Row) {
        let usage = UsageRow(row)
        id = row["id"]
        act = usage.act
        kind = usage.kind
        party = usage.party
        atSeconds = usage.atSeconds
        exam = usage.exam
        cause = usage.cause
        tier = usage.tier
        fromTier = usage.fromTier
        byteCount = usage.byteCount
        purpose = usage.fee?.purpose
        unitPrice = usage.fee.flatMap { Price($0.unitPrice) }
        currency = usage.fee?.currency
        explanation = usage.fee?.explanation
        metered = usage.metered
        waived = usage.waived
    }
}

extension Catalog {
    private static let lines = """
        SELECT invoice_line.*, invoice.number AS invoice_number, invoice.party_id, party.name AS party, ledger_from,
            ledger_head
        FROM invoice_line JOIN invoice ON invoice.id = invoice_id JOIN party ON party.id = invoice.party_id
        """

    /// The lines of a document, in order.
    package func lines(ofInvoice id: Int64) throws(CatalogError) -> [InvoiceLineRecord] {
        try read { try Self.lines($0, "invoice_id = ?", [id]) }
    }

    private static func lines(
        _ database: Database, _ condition: String, _ arguments: StatementArguments
    ) throws -> [InvoiceLineRecord] {
        try Row.fetchAll(
            database, sql: "\(lines) WHERE \(condition) ORDER BY invoice_id, invoice_line.number", arguments: arguments
        ).map { try InvoiceLineRecord($0) }
    }

    /// The events behind a line, in the order of time.
    package func forEachEvent(
        of line: InvoiceLineRecord, _ body: (UsageRecord) throws -> Void
    ) throws {
        try read { database in
            guard let (condition, arguments) = Self.events(of: line) else { return }
            let rows = try Row.fetchCursor(
                database,
                sql: "\(UsageRow.query) WHERE \(condition) ORDER BY usage_event.at_seconds, usage_event.id",
                arguments: arguments)
            while let row = try rows.next() { try body(UsageRecord(row)) }
        }
    }

    private static func events(of line: InvoiceLineRecord) -> (condition: String, arguments: StatementArguments)? {
        let onTime =
            "party_id = ? AND usage_event.at_seconds >= ? AND usage_event.at_seconds < ? AND usage_event.id <= ?"
        let time: StatementArguments = [line.partyRow, line.fromSeconds, line.toSeconds, line.ledgerHead]
        let late = """
            party_id = ? AND usage_event.id IN (SELECT event_id FROM late_usage WHERE late_usage.party_id = ?
                AND event_id > ? AND event_id <= ? AND month
            """
        let range: StatementArguments = [line.partyRow, line.partyRow, line.ledgerFrom, line.ledgerHead]
        switch line.source {
        case .storage(let tier): return ("\(onTime) AND (tier = ? OR from_tier = ?)", time + [tier, tier])
        case .fee(let purpose, let price, let description):
            return (
                "\(onTime) AND purpose = ? AND unit_price = ? AND description = ?",
                time + [purpose, price, description]
            )
        case .lateStorage(let tier, let month):
            return ("\(late) <= ?) AND (tier = ? OR from_tier = ?)", range + [month.description, tier, tier])
        case .lateFee(let purpose, let price, let description, let month):
            return (
                "\(late) = ?) AND purpose = ? AND unit_price = ? AND description = ?",
                range + [month.description, purpose, price, description]
            )
        case .rent, .sum, .addition: return nil
        }
    }

    /// Bytes in a tier at an instant, by the events up to one.
    package func byteCount(in tier: String, before line: InvoiceLineRecord) throws(CatalogError) -> Int64 {
        try read { database in
            try Int64.fetchOne(
                database,
                kept: """
                    SELECT COALESCE(SUM(CASE WHEN tier = ? THEN byte_count ELSE 0 END)
                        - SUM(CASE WHEN from_tier = ? THEN byte_count ELSE 0 END), 0)
                    FROM usage_event WHERE party_id = ? AND at_seconds < ? AND id <= ?
                    """,
                arguments: [tier, tier, line.partyRow, line.fromSeconds, line.ledgerHead]) ?? 0
        }
    }

    /// The event of an act; nil when there is none.
    package func usage(act: String) throws(CatalogError) -> UsageRecord? {
        try read { database in
            try Row.fetchOne(database, sql: "\(UsageRow.query) WHERE act = ?", arguments: [act]).map { UsageRecord($0) }
        }
    }

    /// The events of an exam, in the order in which they were noted.
    package func usage(ofExam key: String) throws(CatalogError) -> [UsageRecord] {
        try read { database in
            try Row.fetchAll(
                database, sql: "\(UsageRow.query) WHERE exam = ? ORDER BY usage_event.id", arguments: [key]
            ).map { UsageRecord($0) }
        }
    }

    /// The lines that bill an event: of storage, of each tier and window; none while it is not billed.
    package func lines(billing event: UsageRecord) throws(CatalogError) -> [InvoiceLineRecord] {
        try read { database in
            let party = try Self.knownParty(database, event.party) ?? 0
            let all = try Self.lines(
                database,
                "invoice.party_id = ? AND invoice.kind = 'invoice' AND ledger_head >= ? AND invoice_line.to_seconds > ?",
                [party, event.id, event.atSeconds])
            return try all.filter { line in
                guard let (condition, arguments) = Self.events(of: line) else { return false }
                return try Bool.fetchOne(
                    database,
                    sql: """
                        SELECT EXISTS (SELECT 1 FROM usage_event LEFT JOIN fee ON fee.id = fee_id
                            WHERE usage_event.id = \(event.id) AND \(condition))
                        """,
                    arguments: arguments) ?? false
            }
        }
    }
}
