// The taxes and the sums of a document in UBL. Pure.
//
// Subtotals that are one category and rate to EN 16931 are one here: reduced rates are category S there.

internal import Accounting

/// Writes sums.
struct UBLTotals {
    private let invoice: Invoice

    init(_ invoice: Invoice) {
        self.invoice = invoice
    }

    var elements: [XMLElement?] {
        get throws(AccountingError) {
            let subtotals = try merged().map(subtotal)
            return [
                XMLElement(
                    "cac:TaxTotal", [UBLForm.amount("cbc:TaxAmount", try invoice.taxTotal())] + subtotals),
                XMLElement(
                    "cac:LegalMonetaryTotal",
                    [
                        UBLForm.amount("cbc:LineExtensionAmount", invoice.net),
                        UBLForm.amount("cbc:TaxExclusiveAmount", invoice.net),
                        UBLForm.amount("cbc:TaxInclusiveAmount", invoice.total),
                        UBLForm.amount("cbc:PayableAmount", invoice.total),
                    ]),
            ]
        }
    }

    private func subtotal(_ tax: TaxSubtotal) -> XMLElement? {
        XMLElement(
            "cac:TaxSubtotal",
            [
                UBLForm.amount("cbc:TaxableAmount", tax.base), UBLForm.amount("cbc:TaxAmount", tax.amount),
                UBLForm.category("cac:TaxCategory", tax.category, tax.percent, reason: tax.shownReason),
            ])
    }

    private func merged() throws(AccountingError) -> [TaxSubtotal] {
        var merged: [TaxSubtotal] = []
        for tax in invoice.tax {
            let same = merged.firstIndex {
                UBLForm.code($0.category) == UBLForm.code(tax.category)
                    && $0.percent.isEqual(tax.percent)
            }
            guard let same else {
                merged.append(tax)
                continue
            }
            let other = merged[same]
            merged[same] = TaxSubtotal(
                category: other.category, percent: other.percent, base: try other.base.adding(tax.base),
                amount: try other.amount.adding(tax.amount), reason: other.reason ?? tax.reason)
        }
        return merged
    }
}
