// Seller and buyer in UBL.
//
// Pure. Where nothing of a document is subject to tax, its parties' tax numbers stay out of it (BR-O-02).

internal import Accounting

/// Writes a party.
struct UBLParty: Sendable {
    private let party: InvoiceParty
    private let isTaxed: Bool

    init(_ party: InvoiceParty, _ invoice: Invoice) {
        self.party = party
        isTaxed = !invoice.tax.contains { $0.category == .outside }
    }

    func element(_ name: String, isSeller: Bool) -> XMLElement? {
        XMLElement(
            name,
            [
                XMLElement(
                    "cac:Party",
                    [
                        party.endpoint.flatMap {
                            XMLElement("cbc:EndpointID", $0.id, attributes: [("schemeID", $0.scheme)])
                        },
                        XMLElement("cac:PartyIdentification", [XMLElement("cbc:ID", party.id)]),
                        XMLElement("cac:PartyName", [XMLElement("cbc:Name", party.name)]), address,
                        isTaxed ? taxScheme(party.vatID, "VAT") : nil,
                        isTaxed && isSeller ? taxScheme(party.taxRegistrationID, "TAX") : nil, legalEntity,
                    ])
            ])
    }

    private var address: XMLElement? {
        guard let address = party.address else { return nil }
        return XMLElement(
            "cac:PostalAddress",
            [
                XMLElement("cbc:StreetName", address.street), XMLElement("cbc:CityName", address.city),
                XMLElement("cbc:PostalZone", address.postalCode), Self.country(address.country),
            ])
    }

    static func country(_ code: String) -> XMLElement? {
        XMLElement("cac:Country", [XMLElement("cbc:IdentificationCode", code)])
    }

    private func taxScheme(_ number: String?, _ scheme: String) -> XMLElement? {
        guard let number else { return nil }
        return XMLElement(
            "cac:PartyTaxScheme",
            [
                XMLElement("cbc:CompanyID", number),
                XMLElement("cac:TaxScheme", [XMLElement("cbc:ID", scheme)]),
            ])
    }

    private var legalEntity: XMLElement? {
        XMLElement(
            "cac:PartyLegalEntity",
            [XMLElement("cbc:RegistrationName", party.name), XMLElement("cbc:CompanyID", party.registrationID)])
    }
}
