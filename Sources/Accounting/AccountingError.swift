// AccountingError owns what can go wrong with amounts.
//
// Pure.

/// Why an amount cannot be had.
package enum AccountingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// More minor units than 64 bits hold.
    case tooLarge(currency: String)
    /// A use so large, or a price of so many digits, that their product does not fit 128 bits.
    case outOfBounds
    /// Two currencies in one sum.
    case mixedCurrencies(String, String)

    package var description: String {
        switch self {
        case .tooLarge(let currency):
            "an amount in \(currency) is larger than can be booked; look for a price that is too high in tariff.yaml"
        case .outOfBounds:
            "a use times its price is larger than can be worked out; look for a price that is too high in tariff.yaml"
        case .mixedCurrencies(let one, let other):
            "amounts in \(one) and \(other) cannot be added; a site keeps its books in one currency"
        }
    }
}
