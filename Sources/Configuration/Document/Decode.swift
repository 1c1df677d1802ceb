// What a single value may be: text, word, number, date, length of time, amount of data.
//
// Owns the message of each kind: what stands there, and what would be right. A decoder gives nil after it has noted its
// problem, and never before. Never looks at another field.

/// Decoders of single values; each is a function from a field to a value.
enum Decode {
    /// Characters of the longest text.
    static let longestText = 4096

    /// Text, as written; numbers and words such as `yes` are text too.
    static func text(_ field: Field) -> String? {
        guard let text = field.scalarText else { return refuse(field, "a text is wanted") }
        guard !text.isEmpty else { return refuse(field, "a text that is not empty is wanted") }
        guard text.utf8.count <= longestText, !text.unicodeScalars.contains(where: { $0.value < 32 && $0 != "\n" })
        else { return refuse(field, "a text of up to \(longestText) bytes without control characters is wanted") }
        return text
    }

    /// `true` or `false`, also `yes`, `no`, `on` and `off`.
    static func flag(_ field: Field) -> Bool? {
        switch field.isPlain ? field.scalarText?.lowercased() : nil {
        case "true", "yes", "on": return true
        case "false", "no", "off": return false
        default: return refuse(field, "true or false (without quotes) is wanted")
        }
    }

    /// A whole number within bounds.
    static func integer(in bounds: ClosedRange<Int>) -> (Field) -> Int? {
        { field in
            guard let number = field.scalarText.flatMap({ Int($0) }), bounds.contains(number) else {
                return refuse(field, "a whole number from \(bounds.lowerBound) to \(bounds.upperBound) is wanted")
            }
            return number
        }
    }

    /// An exact decimal within bounds, quoted or not.
    static func decimal(
        _ noun: String, example: String, where isRight: @escaping (ExactDecimal) -> Bool = { $0.unscaled >= 0 }
    ) -> (Field) -> ExactDecimal? {
        { field in
            guard let number = field.scalarText.flatMap(ExactDecimal.init), isRight(number) else {
                return refuse(field, "\(noun) is wanted, such as \(example)")
            }
            return number
        }
    }

    static var price: (Field) -> ExactDecimal? { decimal("a price (a decimal, 0 or more)", example: "\"4.50\"") }

    /// A share from 0 to 1.
    static var probability: (Field) -> ExactDecimal? {
        decimal("a number from 0 to 1", example: "0.5") {
            $0.unscaled >= 0 && $0 <= ExactDecimal(1)
        }
    }

    /// A share between 0 and 1, where neither end makes sense.
    static var properProbability: (Field) -> ExactDecimal? {
        decimal("a number between 0 and 1, both excluded,", example: "0.85") {
            $0.unscaled > 0 && $0 < ExactDecimal(1)
        }
    }

    static func date(_ field: Field) -> CalendarDate? {
        field.scalarText.flatMap(CalendarDate.init) ?? refuse(field, "a date that exists is wanted, such as 2026-01-31")
    }

    /// Milliseconds of a duration.
    static func duration(_ field: Field) -> Int64? {
        field.scalarText.flatMap(DurationText.milliseconds)
            ?? refuse(field, DurationText.wanted(insteadOf: field.scalarText ?? ""))
    }

    /// Milliseconds of a duration that is not zero.
    static func positiveDuration(_ field: Field) -> Int64? {
        guard let milliseconds = duration(field) else { return nil }
        return milliseconds > 0 ? milliseconds : refuse(field, "a duration longer than 0 is wanted, such as 10s")
    }

    /// Bytes of an amount that is not zero.
    static func byteSize(_ field: Field) -> Int64? {
        guard let byteCount = field.scalarText.flatMap(ByteSizeText.byteCount), byteCount > 0 else {
            return refuse(field, "an amount of data is wanted: a number with B, kB, MB, GB, TB, KiB, MiB, GiB or TiB")
        }
        return byteCount
    }

    static func percentage(_ field: Field) -> Percentage? {
        field.scalarText.flatMap(Percentage.init)
            ?? refuse(field, "a percentage from 0% to 100% is wanted, such as 90%")
    }

    static func diskShare(_ field: Field) -> DiskShare? {
        if let percentage = field.scalarText.flatMap(Percentage.init) { return .percentage(percentage) }
        if let text = field.scalarText, let byteCount = ByteSizeText.byteCount(text) { return .bytes(byteCount) }
        return refuse(field, "a percentage or an amount of data is wanted, such as 5% or 100GB")
    }

    /// Notes the problem and gives nil, so that a decoder can end with it.
    static func refuse<Value>(_ field: Field, _ wanted: String) -> Value? {
        field.fail("here stands \(field.shown); \(wanted)")
        return nil
    }
}
