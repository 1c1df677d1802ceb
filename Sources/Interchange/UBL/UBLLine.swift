// A line of a document in UBL.
//
// Pure. Receivers multiply: quantity times price, less allowances, must be the line's amount. Where the printed quantity was
// rounded, so that it is not, the price is that of the whole quantity.

internal import Accounting

/// Writes a line.
struct UBLLine: Sendable {
    private let line: InvoiceLine
    private let form: UBLForm

    init(_ line: InvoiceLine, _ form: UBLForm) {
        self.line = line
        self.form = form
    }

    var element: XMLElement? {
        let amounts = Amounts(line)
        return XMLElement(
            form.lineName,
            [
                XMLElement("cbc:ID", String(line.number)),
                XMLElement(
                    form.quantityName, amounts.quantity.description, attributes: [("unitCode", unitCode)]),
                UBLForm.amount("cbc:LineExtensionAmount", line.amount),
                UBLInvoice.period(line.service.from, line.service.to), allowance(amounts.isNegative),
                XMLElement(
                    "cac:Item",
                    [
                        XMLElement("cbc:Description", "\(line.quantity.shortest) \(line.unit)"),
                        XMLElement("cbc:Name", line.description),
                        UBLForm.category("cac:ClassifiedTaxCategory", line.taxCategory, line.taxPercent),
                    ]),
                price(amounts),
            ])
    }

    private func price(_ amounts: Amounts) -> XMLElement? {
        XMLElement(
            "cac:Price",
            [
                UBLForm.amount("cbc:PriceAmount", amounts.price, form.currency),
                amounts.baseQuantity.flatMap {
                    XMLElement("cbc:BaseQuantity", $0.description, attributes: [("unitCode", unitCode)])
                },
            ])
    }

    /// What is taken off; on a line that gives back, what is taken off that.
    private func allowance(_ isNegative: Bool) -> XMLElement? {
        guard let discount = line.discount else { return nil }
        return XMLElement(
            "cac:AllowanceCharge",
            [
                XMLElement("cbc:ChargeIndicator", isNegative ? "true" : "false"),
                XMLElement("cbc:AllowanceChargeReason", discount.reason),
                UBLForm.amount("cbc:Amount", discount.amount),
            ])
    }

    /// - Source: UN/ECE recommendation 20; ZZ is what the parties agree on.
    private var unitCode: String {
        switch line.unit {
        case "day": "DAY"
        case "month": "MON"
        case "exam", "piece": "C62"
        default: line.kind == .storage || line.unit.hasSuffix("-month") ? "ZZ" : "C62"
        }
    }

    /// Quantity and price that multiply to the amount before the discount.
    private struct Amounts {
        let quantity: Quantity
        let price: String
        let baseQuantity: Quantity?
        let isNegative: Bool

        init(_ line: InvoiceLine) {
            isNegative = line.amount.minorUnits < 0
            let discount = (line.discount?.amount.minorUnits ?? 0) * (isNegative ? -1 : 1)
            let gross = Money(minorUnits: line.amount.minorUnits + discount, currency: line.amount.currency)
            let magnitude = Money(minorUnits: abs(gross.minorUnits), currency: gross.currency)
            if line.quantity.times(line.unitPrice, isAbout: gross) {
                (quantity, price, baseQuantity) = (line.quantity, line.unitPrice.description, nil)
            } else if line.quantity.unscaled == 0 || (line.quantity.unscaled < 0) != (gross.minorUnits < 0) {
                (quantity, price, baseQuantity) = (Quantity(gross.minorUnits < 0 ? -1 : 1), magnitude.text, nil)
            } else {
                let base = line.quantity.unscaled < 0 ? line.quantity.negated : line.quantity
                (quantity, price, baseQuantity) = (line.quantity, magnitude.text, base)
            }
        }
    }
}
