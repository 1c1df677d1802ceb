// InvoiceAssembly owns how what a month comes to becomes a document: numbered lines, taxes, sums, seller and buyer.
//
// Pure: the same month and configuration give the same document.

internal import Accounting
internal import Configuration
internal import Interchange
internal import Radiology

struct InvoiceAssembly {
    let configuration: SiteConfiguration
    let facility: Facility

    /// The files of a document, by their ending.
    static let endings = ["json", "csv", "events.csv", "html", "xml", "pdf"]

    /// - Parameter number: nil for a draft.
    func invoice(
        _ rated: RatedMonth, of use: MonthUse, number: String?, previousDigest: String?, issuedAt: Instant
    ) throws -> Invoice {
        let currency = Currency(configuration.site.currency)
        let totals = try TaxTotals(rated.lines.map { ($0.amount, $0.tax) }, in: currency)
        return Invoice(
            number: number, facility: facility.id,
            period: InvoicePeriod(
                from: BillingDay(number: use.days.lowerBound), to: BillingDay(number: use.days.upperBound),
                timeZone: use.timeZone),
            issuedAt: issuedAt, dueOn: number == nil ? nil : dueOn(issuedAt), currency: currency,
            seller: configuration.seller, buyer: facility.buyer, buyerReference: facility.buyerReference,
            payment: configuration.payment,
            lines: rated.lines.enumerated().map { Self.line($1, number: $0 + 1) },
            tax: totals.taxes.map {
                TaxSubtotal(
                    category: $0.tax.category, percent: $0.tax.percent, base: $0.base, amount: $0.amount,
                    reason: $0.tax.reason)
            },
            net: totals.net, total: totals.total, previousDigest: previousDigest)
    }

    /// The day by which what is issued at a time is to be paid.
    func dueOn(_ issuedAt: Instant) -> BillingDay {
        let issued = BillingDay(year: issuedAt.local.year, month: issuedAt.local.month, day: issuedAt.local.day)
        return BillingDay(number: issued.number + Int64(configuration.site.paymentDays))
    }

    /// Whom a document goes to: the facility, with the charges of its exams as its systems take them, and copies to the
    /// management.
    func files(number: String) -> [(party: String, name: String)] {
        let own = Self.endings + ChargeFiles.endings(of: facility.id, in: configuration)
        let copies = configuration.managementOffices.map { ($0.id, Self.endings) }
        return ([(facility.id, own)] + copies).flatMap { party, endings in
            endings.map { (party, "\(number).\($0)") }
        }
    }

    private static func line(_ line: RatedLine, number: Int) -> InvoiceLine {
        InvoiceLine(
            number: number, kind: line.kind, description: line.description,
            quantity: Quantity(line.quantity) ?? Quantity(0), unit: line.unit, unitPrice: line.unitPrice,
            amount: line.amount, taxCategory: line.tax.category, taxPercent: line.tax.percent,
            service: ServicePeriod(
                from: BillingDay(number: line.days.lowerBound), to: BillingDay(number: line.days.upperBound)),
            eventCount: line.eventCount)
    }
}
