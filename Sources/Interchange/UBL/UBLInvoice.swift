// An issued document as UBL 2.1: Invoice, or CreditNote.
//
// Pure. It follows EN 16931-1; where both parties have an address for electronic invoices, Peppol BIS Billing 3.0. What the
// rules ask for and the document does not hold, such as a VAT id, is left out, and the receiver's rules will say so: it is
// never made up. Reduced rates are category S, as EN 16931 has no other for them.

package import Accounting

/// Writes UBL.
package enum UBLInvoice {
    /// - Parameter invoice: No draft: what has no number is no invoice.
    /// - Throws: `.tooLarge` when the sum of its taxes is.
    package static func bytes(_ invoice: Invoice) throws(AccountingError) -> [UInt8] {
        precondition(!invoice.isDraft, "a draft has no UBL")
        let form = UBLForm(invoice)
        let children =
            head(invoice, form) + [
                form.isCreditNote ? nil : period(invoice), reference(invoice),
                UBLParty(invoice.seller, invoice).element("cac:AccountingSupplierParty", isSeller: true),
                UBLParty(invoice.buyer, invoice).element("cac:AccountingCustomerParty", isSeller: false),
                delivery(invoice), paymentMeans(invoice), terms(invoice),
            ] + (try UBLTotals(invoice).elements) + invoice.lines.map { UBLLine($0, form).element }
        // The head is never empty, so that there is an element.
        return XMLElement(form.root, attributes: form.namespaces, children)?.document ?? []
    }

    private static func head(_ invoice: Invoice, _ form: UBLForm) -> [XMLElement?] {
        let isPeppol = invoice.seller.endpoint != nil && invoice.buyer.endpoint != nil
        return [
            XMLElement("cbc:CustomizationID", isPeppol ? peppolBilling : coreInvoice),
            XMLElement("cbc:ProfileID", "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"),
            XMLElement("cbc:ID", invoice.number), XMLElement("cbc:IssueDate", invoice.issuedOn.description),
            form.isCreditNote ? nil : XMLElement("cbc:DueDate", invoice.dueOn?.description),
            XMLElement("cbc:\(form.root)TypeCode", form.typeCode), XMLElement("cbc:Note", invoice.reason),
            XMLElement("cbc:DocumentCurrencyCode", invoice.currency.code),
            XMLElement("cbc:BuyerReference", invoice.buyerReference ?? invoice.buyer.id),
            form.isCreditNote ? period(invoice) : nil,
        ]
    }

    private static let coreInvoice = "urn:cen.eu:en16931:2017"
    private static let peppolBilling =
        "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"

    /// The last day counts in UBL; ours is the first after it.
    static func period(_ from: BillingDay, _ to: BillingDay) -> XMLElement? {
        XMLElement(
            "cac:InvoicePeriod",
            [
                XMLElement("cbc:StartDate", from.description),
                XMLElement("cbc:EndDate", max(from, BillingDay(number: to.number - 1)).description),
            ])
    }

    private static func period(_ invoice: Invoice) -> XMLElement? {
        // A late line lies before the month; the lines' own periods must lie within the document's (BR-CO-19, R110).
        let from = invoice.lines.map(\.service.from).min() ?? invoice.period.from
        let to = invoice.lines.map(\.service.to).max() ?? invoice.period.to
        return period(min(from, invoice.period.from), max(to, invoice.period.to))
    }

    private static func reference(_ invoice: Invoice) -> XMLElement? {
        guard let credited = invoice.credits else { return nil }
        return XMLElement(
            "cac:BillingReference",
            [
                XMLElement(
                    "cac:InvoiceDocumentReference",
                    [XMLElement("cbc:ID", credited.number), XMLElement("cbc:IssueDate", credited.issuedOn.description)])
            ])
    }

    /// Where the service went: what supplies within the Union must say (BR-IC-12).
    private static func delivery(_ invoice: Invoice) -> XMLElement? {
        guard invoice.tax.contains(where: { $0.category == .intraCommunity }), let address = invoice.buyer.address
        else { return nil }
        return XMLElement(
            "cac:Delivery",
            [
                XMLElement(
                    "cac:DeliveryLocation", [XMLElement("cac:Address", [UBLParty.country(address.country)])])
            ])
    }

    /// - Source: UNCL 4461: 30 is a credit transfer.
    private static func paymentMeans(_ invoice: Invoice) -> XMLElement? {
        guard let iban = invoice.payment.iban, invoice.kind != .creditNote else { return nil }
        return XMLElement(
            "cac:PaymentMeans",
            [
                XMLElement("cbc:PaymentMeansCode", "30"), XMLElement("cbc:PaymentID", invoice.number),
                XMLElement(
                    "cac:PayeeFinancialAccount",
                    [
                        XMLElement("cbc:ID", iban),
                        XMLElement("cac:FinancialInstitutionBranch", [XMLElement("cbc:ID", invoice.payment.bic)]),
                    ]),
            ])
    }

    /// What is owed must be due on a day or on terms (BR-CO-25).
    private static func terms(_ invoice: Invoice) -> XMLElement? {
        let usual = invoice.credits.map { "To be set against invoice \($0.number)" } ?? "Payable on receipt"
        let terms = invoice.kind == .creditNote ? usual : invoice.payment.terms ?? (invoice.dueOn == nil ? usual : nil)
        return XMLElement("cac:PaymentTerms", [XMLElement("cbc:Note", terms)])
    }
}
