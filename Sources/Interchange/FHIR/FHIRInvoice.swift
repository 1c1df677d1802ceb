// FHIRInvoice owns an issued document as a FHIR R4 Bundle: seller, buyer, the Invoice, and a ChargeItem for each exam.
//
// Pure. References are UUIDs made of what they name, so that the same document gives the same bytes. A credit note is an
// Invoice whose amounts are below 0, because FHIR has no kind of its own for it. Written in pieces: there may be many exams.
// Source: HL7 FHIR R4, Invoice and ChargeItem.

package import Accounting
import Files

/// Writes the bundle: `init`, `charge`… , `end`.
package struct FHIRInvoice: Sendable {
    private var text = JSONText()
    private let invoice: Invoice

    /// - Parameter invoice: No draft.
    package init(of invoice: Invoice) {
        self.invoice = invoice
        text.raw("{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"timestamp\":")
        text.string(invoice.issuedAt.text)
        text.raw(",\"entry\":[")
        organization(invoice.seller, isFirst: true)
        organization(invoice.buyer, isFirst: false)
        document()
    }

    /// Bytes that `take` would give.
    package var pendingByteCount: Int { text.bytes.count }

    /// Gives what is written so far and forgets it.
    package mutating func take() -> [UInt8] { text.take() }

    package mutating func end() { text.raw("\n]}\n") }

    package mutating func charge(_ charge: ExamCharge) {
        begin(name: "ChargeItem/\(invoice.fileName)/\(charge.event)", type: "ChargeItem", isFirst: false)
        identifier("event", charge.event)
        text.raw(",\"status\":\"billed\",\"code\":{\"text\":")
        text.string(charge.description)
        text.raw("},\"subject\":{\"type\":\"Patient\",\"identifier\":{\"value\":")
        text.string(charge.exam.patientID)
        text.raw(",\"assigner\":{\"display\":")
        text.string(charge.exam.issuerOfPatientID ?? invoice.facility)
        text.raw("}}")
        if let name = charge.exam.patientName, !name.isEmpty {
            text.key("display")
            text.string(name)
        }
        text.raw("},\"occurrenceDateTime\":")
        text.string(charge.at.text)
        text.raw(",\"quantity\":{\"value\":1},\"priceOverride\":")
        money(charge.amount)
        text.raw(",\"service\":[{\"type\":\"ImagingStudy\",\"identifier\":{\"system\":\"urn:dicom:uid\",\"value\":")
        text.string("urn:oid:" + charge.exam.studyInstanceUID)
        text.raw("},\"display\":")
        text.string(charge.exam.accessionNumber ?? charge.exam.key)
        text.raw("}],\"supportingInformation\":[{\"reference\":")
        text.string(Self.uuid("Invoice/\(invoice.fileName)"))
        text.raw("}]}}")
    }

    private mutating func begin(name: String, type: String, isFirst: Bool) {
        text.raw(isFirst ? "\n{" : ",\n{")
        text.key("fullUrl", first: true)
        text.string(Self.uuid(name))
        text.raw(",\"resource\":{\"resourceType\":")
        text.string(type)
    }

    private mutating func identifier(_ name: StaticString, _ value: String) {
        text.raw(",\"identifier\":[{\"type\":{\"text\":\"")
        text.raw(name)
        text.raw("\"},\"value\":")
        text.string(value)
        text.raw("}]")
    }

    private mutating func organization(_ party: InvoiceParty, isFirst: Bool) {
        begin(name: "Organization/\(party.id)", type: "Organization", isFirst: isFirst)
        identifier("party", party.id)
        text.key("name")
        text.string(party.name)
        text.raw("}}")
    }

    private mutating func document() {
        begin(name: "Invoice/\(invoice.fileName)", type: "Invoice", isFirst: false)
        identifier("number", invoice.fileName)
        text.raw(",\"status\":\"issued\",\"type\":{\"text\":")
        text.string(invoice.kind.rawValue)
        text.raw("},\"recipient\":{\"reference\":")
        text.string(Self.uuid("Organization/\(invoice.buyer.id)"))
        text.raw("},\"date\":")
        text.string(invoice.issuedAt.text)
        text.raw(",\"issuer\":{\"reference\":")
        text.string(Self.uuid("Organization/\(invoice.seller.id)"))
        text.raw("},\"lineItem\":[")
        for (index, line) in invoice.lines.enumerated() { item(line, isFirst: index == 0) }
        text.raw("],\"totalPriceComponent\":[")
        for (index, tax) in invoice.tax.enumerated() {
            component("tax", "\(tax.category.rawValue) \(tax.percent)%", tax.amount, isFirst: index == 0)
        }
        text.raw("],\"totalNet\":")
        money(signed(invoice.net))
        text.raw(",\"totalGross\":")
        money(signed(invoice.total))
        if let terms = invoice.payment.terms {
            text.key("paymentTerms")
            text.string(terms)
        }
        if let credited = invoice.credits {
            text.raw(",\"note\":[{\"text\":")
            text.string("\(credited.number): \(invoice.reason ?? invoice.kind.rawValue)")
            text.raw("}]")
        }
        text.raw("}}")
    }

    private mutating func item(_ line: InvoiceLine, isFirst: Bool) {
        text.raw(isFirst ? "\n{" : ",\n{")
        text.key("sequence", first: true)
        text.number(line.number)
        text.raw(",\"chargeItemCodeableConcept\":{\"coding\":[{\"code\":")
        text.string(line.kind.rawValue)
        text.raw("}],\"text\":")
        text.string(line.description)
        text.raw("},\"priceComponent\":[")
        let discount = line.discount?.amount.minorUnits ?? 0
        let gross = line.amount.minorUnits + (line.amount.minorUnits < 0 ? -discount : discount)
        component("base", line.unit, Money(minorUnits: gross, currency: invoice.currency), isFirst: true)
        if let discount = line.discount {
            let taken = line.amount.minorUnits < 0 ? discount.amount : discount.amount.negated
            component("discount", discount.reason, taken, isFirst: false)
        }
        text.raw("]}")
    }

    private mutating func component(_ type: StaticString, _ name: String, _ amount: Money, isFirst: Bool) {
        text.raw(isFirst ? "{\"type\":\"" : ",{\"type\":\"")
        text.raw(type)
        text.raw("\",\"code\":{\"text\":")
        text.string(name)
        text.raw("},\"amount\":")
        money(signed(amount))
        text.raw("}")
    }

    private func signed(_ money: Money) -> Money { invoice.kind == .creditNote ? money.negated : money }

    private mutating func money(_ money: Money) {
        text.raw("{\"value\":")
        text.raw(money.text)
        text.raw(",\"currency\":")
        text.string(money.currency.code)
        text.raw("}")
    }

    /// A UUID of one's own making: the digest of a name.
    ///
    /// - Source: RFC 9562, section 5.8 (version 8).
    static func uuid(_ name: String) -> String {
        let digits = Array(SHA256.digest(of: "filmroom/\(name)").hex.prefix(30))
        func part(_ range: Range<Int>) -> String { String(digits[range]) }
        return "urn:uuid:\(part(0..<8))-\(part(8..<12))-8\(part(12..<15))-a\(part(15..<18))-\(part(18..<30))"
    }
}
