// Which months of a facility are closed: one range without a gap, which grows, and the few that lie apart from it.
//
// Invariant: what `account` says follows from `billing_close`, and is written in the transaction of the closing. It is there so
// that a run need not read every closing of every year.

package import Accounting
internal import GRDB

/// Months that are closed.
package struct ClosedMonths: Sendable, Equatable {
    /// Without a gap; nil when none is closed.
    package let range: Range<BillingMonth>?
    /// Those outside of it.
    package let apart: Set<BillingMonth>

    /// Those of some months that are not closed, in order.
    ///
    /// - Parameters:
    ///   - first: The first that is asked for.
    ///   - end: The first that is not.
    package func open(from first: BillingMonth, until end: BillingMonth) -> [BillingMonth] {
        var months: [BillingMonth] = []
        var month = first
        while month < end {
            if let range, range.contains(month) {
                month = range.upperBound
                continue
            }
            if !apart.contains(month) { months.append(month) }
            month = month.next
        }
        return months
    }

    package func contains(_ month: BillingMonth) -> Bool {
        range?.contains(month) ?? false || apart.contains(month)
    }

    /// Nothing is closed.
    package static let none = ClosedMonths(from: nil, to: nil, apart: [])

    init(from: String?, to: String?, apart: [String]) {
        let from = from.flatMap { BillingMonth($0) }
        let to = to.flatMap { BillingMonth($0) }
        range = if let from, let to, from < to { from..<to } else { nil }
        self.apart = Set(apart.compactMap { BillingMonth($0) })
    }

    /// Months that lie apart from the range of their party, by its row.
    static func apart(_ database: Database) throws -> [Int64: [String]] {
        let rows = try Row.fetchAll(
            database,
            kept: """
                SELECT account.party_id, month FROM account JOIN billing_close ON billing_close.party_id = account.party_id
                WHERE closed_from IS NULL OR month < closed_from
                UNION ALL
                SELECT account.party_id, month FROM account JOIN billing_close ON billing_close.party_id = account.party_id
                WHERE month >= closed_to
                """)
        return Dictionary(grouping: rows) { $0["party_id"] as Int64 }.mapValues { $0.map { $0["month"] } }
    }

    /// Notes a closing, which is written already.
    static func note(_ database: Database, party: Int64, month: BillingMonth, head: Int64) throws {
        let row = try Row.fetchOne(
            database, kept: "SELECT closed_from, closed_to FROM account WHERE party_id = ?", arguments: [party])
        let before = ClosedMonths(from: row?["closed_from"], to: row?["closed_to"], apart: []).range
        let after = try grown(database, before ?? month..<month, by: month, party: party)
        try database.execute(
            kept: """
                UPDATE account SET closed_from = ?, closed_to = ?, billed_head = MAX(billed_head, ?) WHERE party_id = ?
                """,
            arguments: [after.lowerBound.description, after.upperBound.description, head, party])
    }

    /// A range with a month beside it, and with what lay apart behind that.
    private static func grown(
        _ database: Database, _ range: Range<BillingMonth>, by month: BillingMonth, party: Int64
    ) throws -> Range<BillingMonth> {
        guard month == range.upperBound || month.next == range.lowerBound else { return range }
        let isClosed = try database.cachedStatement(
            sql: "SELECT EXISTS (SELECT 1 FROM billing_close WHERE party_id = ? AND month = ?)")
        func has(_ month: BillingMonth) throws -> Bool {
            try Bool.fetchOne(isClosed, arguments: [party, month.description]) ?? false
        }
        var (first, end) = (range.lowerBound, range.upperBound)
        while try has(end) { end = end.next }
        while try has(first.previous) { first = first.previous }
        return first..<end
    }

    /// Makes what accounts say anew from their closings.
    static func remake(_ database: Database) throws {
        try database.execute(kept: "UPDATE account SET closed_from = NULL, closed_to = NULL, billed_head = 0")
        let rows = try Row.fetchCursor(
            database, sql: "SELECT party_id, month, ledger_head FROM billing_close ORDER BY party_id, month")
        while let row = try rows.next() {
            guard let month = BillingMonth(row["month"] as String) else { continue }
            try note(database, party: row["party_id"], month: month, head: row["ledger_head"])
        }
    }
}
