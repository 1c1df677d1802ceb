// An office that manages the service: it hears of results, and orders what nobody else may.
//
// Owns one item of `management` in `parties.yaml`.

/// A management office.
package struct ManagementOffice: Sendable, Equatable {
    package let id: String
    package let name: String
    /// How often its page is looked at, and made anew where it would say something else.
    package let pageEveryMilliseconds: Int64
    /// How many usual gaps without a drop make a facility quiet, in hundredths: 200 for twice.
    package let quietFactorInHundredths: Int64

    init(_ reader: KeyedReader) {
        id = reader.required("id", Decode.identifier, else: "")
        name = reader.value("name", Decode.text, default: id)
        pageEveryMilliseconds = reader.value("pageEvery", Decode.positiveDuration, default: 60_000)
        quietFactorInHundredths = reader.value("quietFactor", Self.factor, default: 200)
    }

    private static func factor(_ field: Field) -> Int64? {
        let decode = Decode.decimal("a number from 1 to 100 with two decimals at most", example: "1.5") {
            $0.scale <= 2 && $0 >= ExactDecimal(1) && $0 <= ExactDecimal(100)
        }
        return decode(field).map { number in (number.scale..<2).reduce(number.unscaled) { value, _ in value * 10 } }
    }
}
