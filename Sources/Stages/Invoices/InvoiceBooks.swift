// InvoiceBooks owns what every management office gets of all documents together: the summary of each month as a page, JSON
// and CSV, and the bookkeeper's journal.
//
// From facts alone. What lies there is replaced only when it is to say something else, so that a rerun changes nothing.

internal import Accounting
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

    package func publish() throws(StageError) {
        try StageError.wrap {
            let offices = site.configuration.managementOffices.map(\.id)
            let invoices = offices.isEmpty ? [] : try site.catalog.invoices().map(\.invoice)
            guard !invoices.isEmpty else { return }
            let name = site.configuration.site.name
            var files = [("journal.beancount", BeancountJournal.bytes(title: name, documents: invoices))]
            for month in Set(invoices.map { BillingMonth(ofDay: $0.period.from.number) }).sorted() {
                let summary = try MonthSummary(
                    month: month, currency: currency(of: month, invoices), invoices: invoices)
                files.append(("month-\(month).json", MonthSummaryText.json(summary)))
                files.append(("month-\(month).csv", MonthSummaryText.csv(summary)))
                files.append(("month-\(month).html", MonthPage.html(summary, siteName: name)))
            }
            for office in offices {
                for (name, bytes) in files { try publish(bytes, name: name, office: office) }
            }
        }
    }

    /// That of its first document: a site may have changed its currency since.
    private func currency(of month: BillingMonth, _ invoices: [Invoice]) -> Currency {
        invoices.first { BillingMonth(ofDay: $0.period.from.number) == month }?.currency
            ?? Currency(site.configuration.site.currency)
    }

    /// Publishes a file, unless it lies there with these bytes or was picked up.
    func publish(_ bytes: [UInt8], name: String, office: String) throws {
        let path = site.layout.path + "/outbound/\(office)/\(Self.kind)/\(name)"
        let isThere = FileManager.default.contents(atPath: path).map { [UInt8]($0) == bytes } ?? false
        let hasDigest = FileManager.default.fileExists(atPath: path + ".sha256")
        guard !isThere || !hasDigest else { return }
        // What was picked up does not come again.
        guard
            try !site.catalog.isAcknowledged(
                party: office, kind: Self.kind, name: name, sha256: SHA256.digest(of: bytes))
        else { return }
        try Outbox(layout: site.layout).publish(bytes, party: office, kind: Self.kind, name: FileName(name))
    }
}
