// Currency owns how many decimals the amounts of a currency have.
//
// Pure. The table holds what differs from two decimals.

/// A currency by its code.
///
/// - Source: ISO 4217, list one.
package struct Currency: Codable, Hashable, Sendable, CustomStringConvertible {
    /// Three capitals: `EUR`.
    package let code: String

    package init(_ code: String) { self.code = code }

    private static let exponents: [String: Int] = {
        let without = [
            "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF",
            "XOF", "XPF",
        ]
        let withThree = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]
        let withFour = ["CLF", "UYW"]
        return Dictionary(
            uniqueKeysWithValues: without.map { ($0, 0) } + withThree.map { ($0, 3) } + withFour.map { ($0, 4) })
    }()

    /// Decimals of an amount: a minor unit is 10^-exponent of the currency.
    package var exponent: Int { Self.exponents[code] ?? 2 }

    package var description: String { code }
}
