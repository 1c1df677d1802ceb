// What the rent of an apparatus or a workstation is for a month.
//
// Owns one entry of `rents` of a price list.

/// The rent of an item.
package struct RentPrice: Sendable, Equatable {
    /// For a whole month.
    package let price: ExactDecimal
    package let prorate: Proration

    static func decode(_ field: Field) -> RentPrice? {
        KeyedReader.block(field) { reader in
            RentPrice(
                price: reader.required("price", Decode.price, else: ExactDecimal(0)),
                prorate: reader.value("prorate", Decode.word(Proration.self), default: .daily))
        }
    }
}

/// How a month is charged that is rented only in part.
package enum Proration: String, CaseIterable, Sendable {
    /// By its days.
    case daily
    /// As a whole month.
    case monthly
}
