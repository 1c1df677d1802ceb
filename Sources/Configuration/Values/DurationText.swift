// How lengths of time are written in the configuration: `10s`, `5m`, `36h`, `30d`, also `200ms` and `0.2s`.
//
// Invariant: a result is a whole number of milliseconds, from 0 to a hundred years. A day is 24 hours, always.
// Never takes a bare number, whose unit a reader would have to guess.

/// Lengths of time as text.
package enum DurationText {
    /// Milliseconds of the longest duration.
    package static let longestMilliseconds: Int64 = 36_525 * 86_400_000

    private static let millisecondsOfUnit: [(unit: String, milliseconds: Int64)] = [
        ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
    ]

    /// - Parameter text: Number and unit, without a space between.
    /// - Returns: Milliseconds; nil when it is no duration, negative, beyond the longest or finer than a millisecond.
    package static func milliseconds(_ text: String) -> Int64? {
        for (unit, length) in millisecondsOfUnit where text.hasSuffix(unit) {
            if let number = ExactDecimal(String(text.dropLast(unit.count))), number.unscaled >= 0 {
                return whole(number, times: length, upTo: longestMilliseconds)
            }
        }
        return nil
    }

    /// The text of a duration, in the largest unit that divides it.
    package static func text(milliseconds: Int64) -> String {
        let fitting = millisecondsOfUnit.last { milliseconds != 0 && milliseconds % $0.milliseconds == 0 }
        guard let fitting else { return milliseconds == 0 ? "0s" : "\(milliseconds)ms" }
        return "\(milliseconds / fitting.milliseconds)\(fitting.unit)"
    }

    /// The exact product, where it is whole and within the limit.
    static func whole(_ number: ExactDecimal, times factor: Int64, upTo limit: Int64) -> Int64? {
        let divisor = (0..<number.scale).reduce(Int128(1)) { value, _ in value * 10 }
        let (quotient, remainder) = (Int128(number.unscaled) * Int128(factor)).quotientAndRemainder(dividingBy: divisor)
        return remainder == 0 && quotient <= Int128(limit) ? Int64(quotient) : nil
    }
}
