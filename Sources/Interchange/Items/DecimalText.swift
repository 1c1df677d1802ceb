// DecimalText owns decimal numbers as text documents write them: digits, a point, a sign, an exponent.
//
// Pure. No white space, no names such as `inf`, no hexadecimal, which the language's own reader would take.

/// The reader of decimal numbers.
enum DecimalText {
    /// Characters of the longest number that is read.
    static let maximumCount = 64

    /// - Returns: nil when it is no decimal number, or one beyond what a double holds.
    static func number(_ text: String) -> Double? {
        let allowed = text.utf8.allSatisfy { FieldSyntax.isDigit($0) || "+-.eE".utf8.contains($0) }
        guard allowed, text.utf8.count <= maximumCount, let number = Double(text), number.isFinite else { return nil }
        return number
    }
}
