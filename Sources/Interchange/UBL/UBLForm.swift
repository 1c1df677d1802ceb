// What differs between an Invoice and a CreditNote of UBL, and how both write amounts and tax categories. Pure.

internal import Accounting

/// The form of one document.
struct UBLForm: Sendable {
    let isCreditNote: Bool
    let currency: Currency
    /// UNCL 1001: 380 invoice, 381 credit note, 383 debit note.
    let typeCode: String

    init(_ invoice: Invoice) {
        isCreditNote = invoice.kind == .creditNote
        currency = invoice.currency
        switch invoice.kind {
        case .invoice: typeCode = "380"
        case .creditNote: typeCode = "381"
        case .debitNote: typeCode = "383"
        }
    }

    var root: String { isCreditNote ? "CreditNote" : "Invoice" }
    var lineName: String { isCreditNote ? "cac:CreditNoteLine" : "cac:InvoiceLine" }
    var quantityName: String { isCreditNote ? "cbc:CreditedQuantity" : "cbc:InvoicedQuantity" }

    var namespaces: [(name: String, value: String)] {
        let schema = "urn:oasis:names:specification:ubl:schema:xsd:"
        return [
            ("xmlns", "\(schema)\(root)-2"), ("xmlns:cac", "\(schema)CommonAggregateComponents-2"),
            ("xmlns:cbc", "\(schema)CommonBasicComponents-2"),
        ]
    }

    static func amount(_ name: String, _ money: Money) -> XMLElement? { amount(name, money.text, money.currency) }

    static func amount(_ name: String, _ text: String, _ currency: Currency) -> XMLElement? {
        XMLElement(name, text, attributes: [("currencyID", currency.code)])
    }

    /// A code of EN 16931: it has no category of its own for reduced rates.
    static func code(_ category: TaxCategory) -> TaxCategory { category == .reduced ? .standard : category }

    /// What is outside the tax has no rate (BR-O-05, BR-O-09).
    static func category(
        _ name: String, _ category: TaxCategory, _ percent: Price, reason: String? = nil
    ) -> XMLElement? {
        XMLElement(
            name,
            [
                XMLElement("cbc:ID", code(category).rawValue),
                category == .outside ? nil : XMLElement("cbc:Percent", percent.description),
                XMLElement("cbc:TaxExemptionReason", reason),
                XMLElement("cac:TaxScheme", [XMLElement("cbc:ID", "VAT")]),
            ])
    }
}
