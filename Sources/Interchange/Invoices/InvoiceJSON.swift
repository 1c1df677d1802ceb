// An issued document as JSON.
//
// Pure. The same document gives the same bytes, for ever: the next document of the series names their SHA-256. A field may be
// added for documents to come, never for those that are issued.
// Source: Contract, section 5.

package import Accounting

/// Writes invoices, credit notes, debit notes and drafts.
package enum InvoiceJSON {
    package static func bytes(_ invoice: Invoice) -> [UInt8] {
        var text = JSONText()
        head(invoice, &text)
        text.raw(",\n\"seller\":")
        party(invoice.seller, &text)
        text.raw(",\n\"buyer\":")
        party(invoice.buyer, &text)
        text.raw(",\n\"payment\":{")
        text.member("iban", invoice.payment.iban, first: true)
        text.member("bic", invoice.payment.bic)
        text.member("terms", invoice.payment.terms)
        text.raw("},\n\"lines\":")
        list(invoice.lines, &text, line)
        text.raw(",\n\"tax\":")
        list(invoice.tax, &text, subtotal)
        text.raw(",\n\"net\":")
        text.string(invoice.net.text)
        text.member("total", invoice.total.text)
        text.raw(",\n\"previousDigest\":")
        text.string(invoice.previousDigest)
        text.member("credits", invoice.credits?.number)
        text.member("reason", invoice.reason)
        text.raw("}\n")
        return text.take()
    }

    private static func head(_ invoice: Invoice, _ text: inout JSONText) {
        text.raw("{\"type\":\"invoice\"")
        text.member("kind", invoice.kind.rawValue)
        text.member("draft", invoice.isDraft)
        text.member("number", invoice.number)
        text.member("facility", invoice.facility)
        text.raw(",\n\"period\":{")
        days(from: invoice.period.from, to: invoice.period.to, &text)
        text.member("timeZone", invoice.period.timeZone)
        text.raw("}")
        text.member("issuedAt", invoice.issuedAt.text)
        text.member("dueOn", invoice.dueOn?.description)
        text.member("currency", invoice.currency.code)
        text.member("buyerReference", invoice.buyerReference)
    }

    private static func party(_ party: InvoiceParty, _ text: inout JSONText) {
        text.raw("{")
        text.member("id", party.id, first: true)
        text.member("name", party.name)
        text.key("address")
        if let address = party.address {
            text.raw("{")
            text.member("street", address.street, first: true)
            text.member("city", address.city)
            text.member("postalCode", address.postalCode)
            text.member("country", address.country)
            text.raw("}")
        } else {
            text.null()
        }
        text.member("vatID", party.vatID)
        text.member("taxRegistrationID", party.taxRegistrationID)
        text.member("registrationID", party.registrationID)
        text.member("endpoint", party.endpoint.map { "\($0.scheme):\($0.id)" })
        text.raw("}")
    }

    private static func line(_ line: InvoiceLine, _ text: inout JSONText) {
        text.member("number", line.number, first: true)
        text.member("kind", line.kind.rawValue)
        text.member("description", line.description)
        text.member("quantity", line.quantity.description)
        text.member("unit", line.unit)
        text.member("unitPrice", line.unitPrice.description)
        text.key("discount")
        if let discount = line.discount {
            text.raw("{")
            text.member("amount", discount.amount.text, first: true)
            text.member("reason", discount.reason)
            text.raw("}")
        } else {
            text.null()
        }
        text.member("amount", line.amount.text)
        text.member("taxCategory", line.taxCategory.rawValue)
        text.member("taxPercent", line.taxPercent.description)
        text.key("service")
        text.raw("{")
        days(from: line.service.from, to: line.service.to, &text)
        text.raw("}")
        text.member("eventCount", line.eventCount)
        text.key("creditsLine")
        if let creditsLine = line.creditsLine { text.number(creditsLine) } else { text.null() }
    }

    private static func subtotal(_ tax: TaxSubtotal, _ text: inout JSONText) {
        text.member("category", tax.category.rawValue, first: true)
        text.member("percent", tax.percent.description)
        text.member("base", tax.base.text)
        text.member("amount", tax.amount.text)
        text.member("reason", tax.shownReason)
    }

    private static func days(from: BillingDay, to: BillingDay, _ text: inout JSONText) {
        text.member("from", from.description, first: true)
        text.member("to", to.description)
    }

    private static func list<Element>(
        _ elements: [Element], _ text: inout JSONText, _ write: (Element, inout JSONText) -> Void
    ) {
        text.raw("[")
        for (index, element) in elements.enumerated() {
            text.raw(index == 0 ? "\n{" : ",\n{")
            write(element, &text)
            text.raw("}")
        }
        text.raw("]")
    }
}
