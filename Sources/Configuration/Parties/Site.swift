// The service itself: who it is, in which zone and currency it keeps its books.
//
// Owns the `site` block of `parties.yaml`.

/// The site.
package struct Site: Sendable, Equatable {
    package let id: String
    package let name: String
    /// A name of the IANA database.
    package let timeZone: String
    /// ISO 4217.
    package let currency: String
    package let address: Address?
    /// The number under which it pays value added tax; nil when it does not.
    package let vatID: String?
    /// The number under which the tax office knows it otherwise; nil for none.
    package let taxRegistrationID: String?
    /// The number in the register of companies; nil for none.
    package let registrationID: String?
    /// Where it is reached by electronic invoicing; nil where it is not.
    package let endpoint: Endpoint?
    /// The account into which invoices are paid; nil leaves it out of them.
    package let iban: String?
    package let bic: String?
    /// Days after its issue on which an invoice is due.
    package let paymentDays: Int
    /// Whether pages may go without the warning that they are no certified diagnostic display.
    package let certifiedDisplay: Bool

    init(_ reader: KeyedReader) {
        id = reader.required("id", Decode.identifier, else: "")
        name = reader.value("name", Decode.text, default: id)
        timeZone = reader.required("timeZone", Decode.timeZone, else: "UTC")
        currency = reader.required("currency", Decode.currency, else: "")
        address = reader.optional("address", Address.decode)
        vatID = reader.optional("vatID", Decode.text)
        taxRegistrationID = reader.optional("taxRegistrationID", Decode.text)
        registrationID = reader.optional("registrationID", Decode.text)
        endpoint = reader.optional("endpoint", Decode.endpoint)
        iban = reader.optional("iban", Decode.iban)
        bic = reader.optional("bic", Decode.bic)
        paymentDays = reader.value("paymentDays", Decode.integer(in: 0...365), default: 30)
        certifiedDisplay = reader.value("certifiedDisplay", Decode.flag, default: false)
    }

    static func decode(_ field: Field) -> Site? { KeyedReader.block(field, Site.init) }
}
