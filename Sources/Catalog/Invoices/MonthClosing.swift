// The closing of a facility's month: one transaction for the invoice, its lines and its publications.
//
// Invariants: a month of a facility is closed once, and stays so; numbers have no gap, because a number is taken in the
// transaction that uses it; what is metered for the month afterwards is late, and goes on the next invoice.

package import Accounting
internal import GRDB

/// What a month is closed or shown by.
package struct MonthFacts: Sendable {
    package let use: MonthUse
    package let late: [LateUse]
    package let sequence: InvoiceSequence

    /// The same after some more invoices were issued, of which one charged what is late or not.
    package func after(invoices: Int, chargingLate isLateCharged: Bool) -> MonthFacts {
        MonthFacts(use: use, late: isLateCharged ? [] : late, sequence: sequence.after(invoices: invoices))
    }
}

/// Which month is asked for.
package struct MonthQuestion: Sendable {
    package let party: String
    package let month: BillingMonth
    /// Of the number that its invoice would get.
    package let year: Int
    /// For so many days after they were stored any price list charges bytes that are deleted.
    package let storageMinimumDays: Int

    package init(party: String, month: BillingMonth, year: Int, storageMinimumDays: Int) {
        self.party = party
        self.month = month
        self.year = year
        self.storageMinimumDays = storageMinimumDays
    }
}

/// Where a facility stands.
package struct AccountState: Sendable, Equatable {
    package let party: String
    package let timeZone: String
    package let closed: ClosedMonths
    /// The month of its first metered use; nil when there was none.
    package let firstUse: BillingMonth?
}

extension Catalog {
    /// Where each facility stands that has a zone, by name.
    package func accounts() throws(CatalogError) -> [AccountState] {
        try read { database in
            let rows = try Row.fetchAll(
                database,
                kept: """
                    SELECT party_id, name, time_zone, earlier_zones, closed_from, closed_to,
                        (SELECT MIN(at_seconds) FROM usage_event WHERE usage_event.party_id = account.party_id) AS first_use
                    FROM account JOIN party ON party.id = party_id ORDER BY name
                    """)
            let apart = try ClosedMonths.apart(database)
            return try rows.map { row in
                let calendar = try UsageSums.calendar(row["time_zone"], after: row["earlier_zones"])
                return AccountState(
                    party: row["name"], timeZone: row["time_zone"],
                    closed: ClosedMonths(
                        from: row["closed_from"], to: row["closed_to"], apart: apart[row["party_id"], default: []]),
                    firstUse: (row["first_use"] as Int64?).map { BillingMonth(ofDay: calendar.day(at: $0)) })
            }
        }
    }

    /// When anything was first noted here, in seconds since 1970; nil for a site without anything.
    package func beginning() throws(CatalogError) -> Int64? {
        try read { database in
            try [
                "SELECT marked_at FROM tier ORDER BY marked_at LIMIT 1",
                "SELECT first_seen_at FROM intake WHERE party <> '' ORDER BY id LIMIT 1",
            ].compactMap { try String.fetchOne(database, sql: $0) }.map { try Self.seconds($0) }.min()
        }
    }

    /// What a month would be invoiced by.
    ///
    package func monthFacts(_ asked: MonthQuestion) throws(CatalogError) -> MonthFacts {
        try read { database in
            try Self.monthFacts(database, party: try Self.knownParty(database, asked.party) ?? 0, asked).facts
        }
    }

    private static func monthFacts(
        _ database: Database, party: Int64, _ asked: MonthQuestion
    ) throws -> (facts: MonthFacts, from: Int64, head: Int64) {
        let uses = try MonthUses(
            database: database, party: party, name: asked.party, storageMinimumDays: asked.storageMinimumDays)
        let head = try Int64.fetchOne(database, kept: "SELECT MAX(id) FROM usage_event") ?? 0
        let from =
            try Int64.fetchOne(database, kept: "SELECT billed_head FROM account WHERE party_id = ?", arguments: [party])
            ?? 0
        let facts = MonthFacts(
            use: try uses.use(of: asked.month), late: try uses.late(after: from, upTo: head),
            sequence: try .next(database, year: asked.year))
        return (facts, from, head)
    }

    /// Closes a month, unless it is closed already.
    ///
    /// - Parameter invoice: Makes the invoice; nil when there is nothing to charge.
    /// - Returns: The invoice's number; nil when there is none.
    /// - Throws: Also what `invoice` throws: then nothing is written.
    package func close(
        _ asked: MonthQuestion, at: String, invoice: (MonthFacts) throws -> NewInvoice?
    ) throws -> String? {
        let (party, month) = (asked.party, asked.month)
        return try write { database in
            let row = try Self.partyRow(database, party)
            let isClosed = try Bool.fetchOne(
                database, kept: "SELECT EXISTS (SELECT 1 FROM billing_close WHERE party_id = ? AND month = ?)",
                arguments: [row, month.description])
            guard isClosed == false else { return nil }
            try database.execute(
                kept: "INSERT INTO account (party_id, time_zone) VALUES (?, ?) ON CONFLICT (party_id) DO NOTHING",
                arguments: [row, UsageSums.usualZone])
            let (facts, from, head) = try Self.monthFacts(database, party: row, asked)
            let new = try invoice(facts)
            let id = try new.map {
                try Self.insert(database, $0, party: row, month: month, ledger: (from, head), at: at)
            }
            for billed in new?.billed ?? [] { try Self.insert(database, billed, party: row, month: month) }
            try database.execute(
                kept: """
                    INSERT INTO billing_close (party_id, month, closed_at, ledger_head, invoice_id) VALUES (?, ?, ?, ?, ?)
                    """,
                arguments: [row, month.description, at, head, id])
            try database.execute(
                kept: "UPDATE account SET closed_until = MAX(closed_until, ?) WHERE party_id = ?",
                arguments: [facts.use.end, row])
            try ClosedMonths.note(database, party: row, month: month, head: head)
            try Self.dropDraft(database, party: row, name: party, month: month, at: at)
            return new?.invoice.number
        }
    }

    private static func insert(
        _ database: Database, _ billed: (month: BillingMonth, storage: BilledStorage), party: Int64, month: BillingMonth
    ) throws {
        try database.execute(
            kept: """
                INSERT INTO billed_storage (party_id, month, tier, from_day, to_day, byte_seconds) VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                party, billed.month.description, billed.storage.tier, billed.storage.days.lowerBound,
                billed.storage.days.upperBound, billed.storage.byteSeconds.description,
            ])
    }
}
