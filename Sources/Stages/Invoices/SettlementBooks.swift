// SettlementBooks owns what every management office gets of what it pays its doctors: a statement for each doctor and month, as
// JSON, CSV, page and PDF. Off where no price list has `readingFees`.
//
// From the ledger and the price lists alone. A month is settled when it has ended in the site's time zone; each run looks at the
// last months, so that one that was missed is made up for. What stops one statement stops no other.

package import Accounting
internal import Catalog
internal import Configuration
internal import Interchange
internal import Pages
internal import Paper

package struct SettlementBooks {
    private let site: SiteContext
    private let only: BillingMonth?

    /// Months that a run looks at; an earlier one is asked for by name.
    private static let monthCount = 12

    /// - Parameter only: The month that is meant; nil for the last ones.
    package init(site: SiteContext, only: BillingMonth? = nil) {
        self.site = site
        self.only = only
    }

    /// - Returns: Why a statement could not be made, for each that could not.
    package func publish() throws(StageError) -> [String] {
        try StageError.wrap {
            let configuration = site.configuration
            let offices = configuration.managementOffices.map(\.id)
            guard !offices.isEmpty, configuration.priceLists.contains(where: { !$0.readingFees.isEmpty }),
                let calendar = BillingCalendar(timeZone: configuration.site.timeZone)
            else { return [] }
            var failures: [String] = []
            for month in ended(calendar) {
                for reader in Set(configuration.readers.map(\.id)).sorted() {
                    do {
                        guard let statement = try statement(reader, month, calendar) else { continue }
                        try publish(statement, calendar, to: offices)
                    } catch let error as RatingError { failures.append("\(month): \(error)") }
                }
            }
            return failures
        }
    }

    private func ended(_ calendar: BillingCalendar) -> [BillingMonth] {
        let now = BillingMonth(ofDay: calendar.day(at: site.clock.seconds))
        if let only { return only < now ? [only] : [] }
        var months: [BillingMonth] = []
        var month = now
        for _ in 0..<Self.monthCount {
            month = BillingMonth(ofDay: month.days.lowerBound - 1)
            months.append(month)
        }
        return months.reversed()
    }

    private func statement(
        _ reader: String, _ month: BillingMonth, _ calendar: BillingCalendar
    ) throws -> ReaderStatement? {
        let seconds = calendar.start(ofDay: month.days.lowerBound)..<calendar.start(ofDay: month.days.upperBound)
        let readings = try site.catalog.firstReadings(by: reader, in: seconds).map { try reading($0, calendar) }
        let name = site.configuration.readers.last { $0.id == reader }?.name ?? reader
        return try ReaderStatement(
            of: readings, reader: reader, name: name, month: month, tariff: site.configuration.tariff)
    }

    private func reading(_ use: UsageRecord, _ calendar: BillingCalendar) throws -> Reading {
        let key = use.exam ?? ""
        let exam = try site.catalog.exam(key: key)
        let modalities = try exam.map { try site.catalog.series(ofStudy: $0.study).map(\.modality) } ?? []
        // The key of an exam begins with its facility, whose id has no such line (contract, section 1).
        return Reading(
            event: use.act, reader: use.party, exam: key, facility: String(key.prefix { $0 != "_" }),
            atSeconds: use.atSeconds, day: BillingDay(number: calendar.day(at: use.atSeconds)),
            modalities: Set(modalities))
    }

    private func publish(_ statement: ReaderStatement, _ calendar: BillingCalendar, to offices: [String]) throws {
        let name = "readings-\(statement.month)-\(statement.reader)"
        let books = InvoiceBooks(site: site)
        let files = [
            ("json", ReaderStatementText.json(statement, at: calendar.text)),
            ("csv", ReaderStatementText.csv(statement, at: calendar.text)),
            ("html", StatementPage.html(statement, siteName: site.configuration.site.name, fileName: name)),
        ]
        for office in offices {
            var isNew = false
            for (ending, bytes) in files {
                isNew = try books.publish(bytes, name: "\(name).\(ending)", office: office) || isNew
            }
            // Printing takes longer than looking: what lies there is not printed again to see that it is the same.
            guard
                isNew
                    || (books.isThere("\(name).html", office: office) && !books.isThere("\(name).pdf", office: office))
            else { continue }
            let end = calendar.text(calendar.start(ofDay: statement.month.days.upperBound))
            try print(statement, name: name, date: end) { try books.publish($0, name: "\(name).pdf", office: office) }
        }
    }

    /// Prints a statement. Where it cannot be printed now, that is said, and the next run tries again.
    private func print(
        _ statement: ReaderStatement, name: String, date: String, publish: ([UInt8]) throws -> Void
    ) throws {
        let document = StatementPaper.document(
            statement, siteName: site.configuration.site.name, fileName: name, date: date)
        let bytes: [UInt8]
        do throws(PaperError) { bytes = try SiteContext.printer.pdf(document) } catch {
            return site.logger.warning("\(name).pdf: \(error)")
        }
        try publish(bytes)
    }
}
