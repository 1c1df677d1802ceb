// InvoiceParty owns who sells or buys, as it was when the document was issued; PaymentDetails how to pay.
//
// Pure: a snapshot. What the configuration says later changes nothing.

/// The seller or the buyer of a document.
package struct InvoiceParty: Codable, Hashable, Sendable {
    /// Its id here.
    package let id: String
    package let name: String
    package let address: PostalAddress?
    /// With its country's prefix; nil for none.
    package let vatID: String?
    /// The number under which the tax office knows a seller who has no VAT id; nil for none.
    package let taxRegistrationID: String?
    /// The number in the register of companies; nil for none.
    package let registrationID: String?
    /// Where it takes electronic invoices; nil where it takes none.
    package let endpoint: Endpoint?

    package init(
        id: String, name: String, address: PostalAddress?, vatID: String?, taxRegistrationID: String? = nil,
        registrationID: String? = nil, endpoint: Endpoint? = nil
    ) {
        self.id = id
        self.name = name
        self.address = address
        self.vatID = vatID
        self.taxRegistrationID = taxRegistrationID
        self.registrationID = registrationID
        self.endpoint = endpoint
    }

    /// An address for electronic invoices.
    ///
    /// - Source: EN 16931-1, BT-34 and BT-49; schemes are those of the code list EAS.
    package struct Endpoint: Codable, Hashable, Sendable {
        /// `0088`, `EM`
        package let scheme: String
        package let id: String

        package init(scheme: String, id: String) {
            self.scheme = scheme
            self.id = id
        }
    }
}

/// A postal address.
package struct PostalAddress: Codable, Hashable, Sendable {
    package let street: String?
    package let city: String?
    package let postalCode: String?
    /// ISO 3166-1: two capitals.
    package let country: String

    package init(street: String?, city: String?, postalCode: String?, country: String) {
        self.street = street
        self.city = city
        self.postalCode = postalCode
        self.country = country
    }
}

/// How a document is paid.
package struct PaymentDetails: Codable, Hashable, Sendable {
    /// The seller's account; nil where invoices do not name it.
    package let iban: String?
    package let bic: String?
    /// In words: `Within 30 days`; nil leaves the due day alone.
    package let terms: String?

    package init(iban: String? = nil, bic: String? = nil, terms: String? = nil) {
        self.iban = iban
        self.bic = bic
        self.terms = terms
    }
}
