// One run of `filmroom invoice`: closes the months that have ended, and puts the draft of each running month.
//
// Invariants: each facility's month is one transaction, so that a killed run is gone on with by the next; what stops one
// invoice stops no other; a rerun finds the months closed. A dry run writes nothing.

package import Accounting
internal import Catalog
internal import Configuration
internal import Interchange
internal import Pipeline
internal import Radiology

/// What a run did, or would do.
package struct InvoiceReport: Sendable {
    /// One document.
    package struct Document: Sendable {
        package let facility: String
        package let month: BillingMonth
        /// nil for a draft.
        package let number: String?
        package let lineCount: Int
        package let net: String
        package let total: String
        package let currency: String
        /// What the total was before: of a draft that stood there; nil for none.
        package let before: String?
        /// What the total is more than before, with its sign; nil where there is nothing to compare.
        package let difference: String?
    }

    package var issued: [Document] = []
    package var drafts: [Document] = []
    package var failures: [String] = []
    /// Why nothing is invoiced at all; nil where invoices are made.
    package var reason: String?
}

package struct InvoiceRun {
    private let site: SiteContext
    private let only: BillingMonth?
    private let isDry: Bool

    /// - Parameters:
    ///   - only: The month that is meant; nil for all.
    ///   - isDry: Whether nothing is to be written.
    package init(site: SiteContext, only: BillingMonth?, isDry: Bool) {
        self.site = site
        self.only = only
        self.isDry = isDry
    }

    package func run() throws(StageError) -> InvoiceReport {
        try StageError.wrap {
            var report = InvoiceReport()
            guard try isInvoicing else {
                report.reason =
                    "tariff.yaml has no price list, so that nothing is invoiced; usage is metered all the same"
                return report
            }
            let accounts = Dictionary(try site.catalog.accounts().map { ($0.party, $0) }) { first, _ in first }
            let beginning = try site.catalog.beginning()
            // Months first, then facilities, so that numbers follow the calendar.
            var ended: [(month: BillingMonth, facility: Facility)] = []
            var running: [(month: BillingMonth, facility: Facility)] = []
            for facility in site.configuration.facilities {
                let calendar = try site.catalog.calendar(ofParty: facility.id)
                let now = BillingMonth(ofDay: calendar.day(at: site.clock.seconds))
                let start = beginning.map { BillingMonth(ofDay: calendar.day(at: $0)) } ?? now
                for month in months(accounts[facility.id], from: start, to: now) { ended.append((month, facility)) }
                if only ?? now == now { running.append((now, facility)) }
            }
            for item in ended.sorted(by: { ($0.month, $0.facility.id) < ($1.month, $1.facility.id) }) {
                note(&report) { try close(item.month, item.facility, &$0) }
            }
            for item in running.sorted(by: { $0.facility.id < $1.facility.id }) {
                note(&report) { try draft(item.month, item.facility, &$0) }
            }
            return report
        }
    }

    /// A site that never had a price has no use for invoices; where some were issued, one that is missing is a mistake.
    private var isInvoicing: Bool {
        get throws { try !site.configuration.priceLists.isEmpty || site.catalog.newestInvoice() != nil }
    }

    private func note(_ report: inout InvoiceReport, _ body: (inout InvoiceReport) throws -> Void) {
        do { try body(&report) } catch { report.failures.append("\(error)") }
    }

    /// Months that have ended and are not closed, in order.
    private func months(_ account: AccountState?, from start: BillingMonth, to now: BillingMonth) -> [BillingMonth] {
        let closed = account?.closed ?? .none
        if let only { return only < now && !closed.contains(only) ? [only] : [] }
        return closed.open(from: min(account?.firstUse ?? start, start), until: now)
    }

    private func question(_ month: BillingMonth, _ facility: Facility, year: Int) -> MonthQuestion {
        MonthQuestion(
            party: facility.id, month: month, year: year,
            storageMinimumDays: site.configuration.tariff.longestStorageMinimumDays)
    }

    private var rating: MonthRating {
        MonthRating(tariff: site.configuration.tariff, rentals: site.configuration.rentalsOfFacilities)
    }

    /// What a month comes to, with what is late, and the storage that this charges of each month.
    private func rate(
        _ facts: MonthFacts, until: Int64?
    ) throws -> (rated: RatedMonth, billed: [(month: BillingMonth, storage: BilledStorage)]) {
        let rating = rating
        let late = try facts.late.map { late in
            (
                month: late.use.month,
                rated: try rating.rateLate(late.use, billed: late.billed, eventCounts: late.eventCounts)
            )
        }
        let rated = try rating.rate(facts.use, late: late.flatMap(\.rated.lines), until: until)
        let billed =
            rated.billed.map { (facts.use.month, $0) }
            + late.flatMap { late in late.rated.billed.map { (late.month, $0) } }
        return (rated, billed)
    }

    private func close(_ month: BillingMonth, _ facility: Facility, _ report: inout InvoiceReport) throws {
        let at = site.clock.timestamp
        let issuedAt = try site.issueTime()
        let year = issuedAt.local.year
        var made: Invoice?
        var before: Money?
        let make = { (facts: MonthFacts) throws -> NewInvoice? in
            let (rated, billed) = try rate(facts, until: nil)
            guard !rated.lines.isEmpty else { return nil }
            let assembly = InvoiceAssembly(configuration: site.configuration, facility: facility)
            let number = facts.sequence.number(year: year, kind: .invoice)
            let invoice = try assembly.invoice(
                rated, of: facts.use, number: number, previousDigest: facts.sequence.previousDigest, issuedAt: issuedAt)
            made = invoice
            return NewInvoice(
                invoice: invoice, document: InvoiceJSON.bytes(invoice), sources: rated.lines.map(\.source),
                billed: billed, files: assembly.files(number: number))
        }
        if isDry {
            _ = try make(try rehearsed(question(month, facility, year: year), report))
            before = try site.catalog.draft(party: facility.id, month: month)?.total
        } else if try site.catalog.close(question(month, facility, year: year), at: at, invoice: make) == nil {
            return
        }
        if let made { report.issued.append(Self.document(made, month, before: before)) }
    }

    /// What a month would be invoiced by, if what a dry run would issue before it had been issued.
    private func rehearsed(_ asked: MonthQuestion, _ report: InvoiceReport) throws -> MonthFacts {
        let facts = try site.catalog.monthFacts(asked)
        guard isDry else { return facts }
        return facts.after(
            invoices: report.issued.count, chargingLate: report.issued.contains { $0.facility == asked.party })
    }

    private func draft(_ month: BillingMonth, _ facility: Facility, _ report: inout InvoiceReport) throws {
        let at = site.clock.timestamp
        let issuedAt = try site.issueTime()
        let facts = try rehearsed(question(month, facility, year: issuedAt.local.year), report)
        let rated = try rate(facts, until: site.clock.seconds).rated
        let before = try site.catalog.draft(party: facility.id, month: month)
        guard !rated.lines.isEmpty else {
            if before != nil, !isDry { try site.catalog.dropDraft(party: facility.id, month: month, at: at) }
            return
        }
        let draft = try InvoiceAssembly(configuration: site.configuration, facility: facility)
            .invoice(rated, of: facts.use, number: nil, previousDigest: nil, issuedAt: issuedAt)
        if !isDry { _ = try site.catalog.putDraft(draft, party: facility.id, month: month, at: at) }
        report.drafts.append(Self.document(draft, month, before: before?.total))
    }

    private static func document(_ invoice: Invoice, _ month: BillingMonth, before: Money?) -> InvoiceReport.Document {
        let units = invoice.total.minorUnits - (before?.minorUnits ?? 0)
        return InvoiceReport.Document(
            facility: invoice.facility, month: month, number: invoice.number, lineCount: invoice.lines.count,
            net: invoice.net.text, total: invoice.total.text, currency: invoice.currency.code, before: before?.text,
            difference: before.flatMap { $0.currency == invoice.currency ? units : nil }
                .map { ($0 < 0 ? "" : "+") + Money(minorUnits: $0, currency: invoice.currency).text })
    }
}
