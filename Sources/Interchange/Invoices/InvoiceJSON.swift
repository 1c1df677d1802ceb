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
        text.key("iban", first: true)
        text.string(invoice.payment.iban)
        text.key("bic")
        text.string(invoice.payment.bic)
        text.key("terms")
        text.string(invoice.payment.terms)
        text.raw("},\n\"lines\":")
        list(invoice.lines, &text, line)
        text.raw(",\n\"tax\":")
        list(invoice.tax, &text, subtotal)
        text.raw(",\n\"net\":")
        text.string(invoice.net.text)
        text.key("total")
        text.string(invoice.total.text)
        text.raw(",\n\"previousDigest\":")
        text.string(invoice.previousDigest)
        text.key("credits")
        text.string(invoice.credits?.number)
        text.key("reason")
        text.string(invoice.reason)
        text.raw("}\n")
        return text.take()
    }

    private static func head(_ invoice: Invoice, _ text: inout JSONText) {
        text.raw("{\"type\":\"invoice\"")
        text.key("kind")
        text.string(invoice.kind.rawValue)
        text.key("draft")
        text.boolean(invoice.isDraft)
        text.key("number")
        text.string(invoice.number)
        text.key("facility")
        text.string(invoice.facility)
        text.raw(",\n\"period\":{")
        days(from: invoice.period.from, to: invoice.period.to, &text)
        text.key("timeZone")
        text.string(invoice.period.timeZone)
        text.raw("}")
        text.key("issuedAt")
        text.string(invoice.issuedAt.text)
        text.key("dueOn")
        text.string(invoice.dueOn?.description)
        text.key("currency")
        text.string(invoice.currency.code)
        text.key("buyerReference")
        text.string(invoice.buyerReference)
    }

    private static func party(_ party: InvoiceParty, _ text: inout JSONText) {
        text.raw("{")
        text.key("id", first: true)
        text.string(party.id)
        text.key("name")
        text.string(party.name)
        text.key("address")
        if let address = party.address {
            text.raw("{")
            text.key("street", first: true)
            text.string(address.street)
            text.key("city")
            text.string(address.city)
            text.key("postalCode")
            text.string(address.postalCode)
            text.key("country")
            text.string(address.country)
            text.raw("}")
        } else {
            text.null()
        }
        text.key("vatID")
        text.string(party.vatID)
        text.key("taxRegistrationID")
        text.string(party.taxRegistrationID)
        text.key("registrationID")
        text.string(party.registrationID)
        text.key("endpoint")
        text.string(party.endpoint.map { "\($0.scheme):\($0.id)" })
        text.raw("}")
    }

    private static func line(_ line: InvoiceLine, _ text: inout JSONText) {
        text.key("number", first: true)
        text.number(line.number)
        text.key("kind")
        text.string(line.kind.rawValue)
        text.key("description")
        text.string(line.description)
        text.key("quantity")
        text.string(line.quantity.description)
        text.key("unit")
        text.string(line.unit)
        text.key("unitPrice")
        text.string(line.unitPrice.description)
        text.key("discount")
        if let discount = line.discount {
            text.raw("{")
            text.key("amount", first: true)
            text.string(discount.amount.text)
            text.key("reason")
            text.string(discount.reason)
            text.raw("}")
        } else {
            text.null()
        }
        text.key("amount")
        text.string(line.amount.text)
        text.key("taxCategory")
        text.string(line.taxCategory.rawValue)
        text.key("taxPercent")
        text.string(line.taxPercent.description)
        text.key("service")
        text.raw("{")
        days(from: line.service.from, to: line.service.to, &text)
        text.raw("}")
        text.key("eventCount")
        text.number(line.eventCount)
        text.key("creditsLine")
        if let creditsLine = line.creditsLine { text.number(creditsLine) } else { text.null() }
    }

    private static func subtotal(_ tax: TaxSubtotal, _ text: inout JSONText) {
        text.key("category", first: true)
        text.string(tax.category.rawValue)
        text.key("percent")
        text.string(tax.percent.description)
        text.key("base")
        text.string(tax.base.text)
        text.key("amount")
        text.string(tax.amount.text)
        text.key("reason")
        text.string(tax.shownReason)
    }

    private static func days(from: BillingDay, to: BillingDay, _ text: inout JSONText) {
        text.key("from", first: true)
        text.string(from.description)
        text.key("to")
        text.string(to.description)
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
