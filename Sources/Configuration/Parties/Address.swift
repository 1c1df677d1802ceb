// Where somebody is, as invoices print it.
//
// Invariant: the country is a code of ISO 3166-1, because tax rules go by it.

/// A postal address.
package struct Address: Sendable, Equatable {
    package let street: String?
    package let city: String?
    package let postalCode: String?
    /// Two capitals: `GB`.
    package let country: String

    init(_ reader: KeyedReader) {
        street = reader.optional("street", Decode.text)
        city = reader.optional("city", Decode.text)
        postalCode = reader.optional("postalCode", Decode.text)
        country = reader.required("country", Decode.country, else: "")
    }

    static func decode(_ field: Field) -> Address? { KeyedReader.block(field, Address.init) }
}
