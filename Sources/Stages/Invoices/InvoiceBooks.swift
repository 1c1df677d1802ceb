// InvoiceBooks owns what every management office gets of all documents together: the summary of each month as a page, JSON
// and CSV, and the bookkeeper's journal.
//
// From facts alone. What lies there is replaced only when it is to say something else, so that a rerun changes nothing. Only
// documents of months that have a new one are read, a month at a time.

package import Accounting
internal import Catalog
internal import Configuration
internal import Files
internal import Foundation
internal import Interchange
internal import Pages
internal import Spool

package struct InvoiceBooks {
    let site: SiteContext

    private static let kind = "invoices"

    package init(site: SiteContext) {
        self.site = site
    }

    /// Publishes the books of the months that have documents which an office does not have in its books yet.
    ///
    /// - Parameter month: Whose books are looked at in any case, so that what was lost there comes again.
    package func publish(month: BillingMonth? = nil) throws(StageError) {
        try StageError.wrap {
            // Read first: what is issued meanwhile may be in the books already, and comes to the same the next time.
            guard let newest = try site.catalog.newestInvoice() else { return }
            var offices: [BillingMonth: [String]] = [:]
            for office in site.configuration.managementOffices.map(\.id) {
                let head = try site.catalog.bookHead(office: office)
                let new = try head < newest ? site.catalog.invoicedMonths(after: head) : []
                for month in Set(new + (month.map { [$0] } ?? [])) { offices[month, default: []].append(office) }
            }
            for (month, offices) in offices.sorted(by: { $0.key < $1.key }) { try publish(month, to: offices) }
            let journal = BeancountJournal.bytes(
                title: site.configuration.site.name, months: offices.isEmpty ? [] : try site.catalog.invoicedMonths())
            for office in Set(offices.values.joined()).sorted() {
                try publish(journal, name: BeancountJournal.name, office: office)
                try site.catalog.noteBooks(office: office, upTo: newest)
            }
        }
    }

    private func publish(_ month: BillingMonth, to offices: [String]) throws {
        let invoices = try site.catalog.invoices(month: month).map(\.invoice)
        guard let first = invoices.first else { return }
        // A site may have changed its currency since.
        let summary = try MonthSummary(month: month, currency: first.currency, invoices: invoices)
        let files = [
            (BeancountJournal.name(of: month), BeancountJournal.part(invoices)),
            ("month-\(month).json", MonthSummaryText.json(summary)),
            ("month-\(month).csv", MonthSummaryText.csv(summary)),
            ("month-\(month).html", MonthPage.html(summary, siteName: site.configuration.site.name)),
        ]
        for office in offices {
            for (name, bytes) in files { try publish(bytes, name: name, office: office) }
        }
    }

    /// Publishes a file, unless it lies there with these bytes or was picked up.
    ///
    /// - Returns: Whether it was published.
    @discardableResult
    func publish(_ bytes: [UInt8], name: String, office: String) throws -> Bool {
        let path = path(of: name, office: office)
        let isThere = FileManager.default.contents(atPath: path).map { [UInt8]($0) == bytes } ?? false
        let hasDigest = FileManager.default.fileExists(atPath: path + ".sha256")
        guard !isThere || !hasDigest else { return false }
        // What was picked up does not come again.
        guard
            try !site.catalog.isAcknowledged(
                party: office, kind: Self.kind, name: name, sha256: SHA256.digest(of: bytes))
        else { return false }
        try Outbox(layout: site.layout).publish(bytes, party: office, kind: Self.kind, name: FileName(name))
        return true
    }

    /// Whether a file lies there.
    func isThere(_ name: String, office: String) -> Bool {
        FileManager.default.fileExists(atPath: path(of: name, office: office))
    }

    private func path(of name: String, office: String) -> String {
        site.layout.path + "/outbound/\(office)/\(Self.kind)/\(name)"
    }
}
