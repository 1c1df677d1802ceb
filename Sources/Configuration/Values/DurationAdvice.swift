// What somebody meant who wrote something that is no duration, and how it is written.
//
// Pure. Owns the words that people use for units; a guess is only made where there is one reading.

extension DurationText {
    /// Words for units, other than the units themselves, and the unit that each is.
    private static let unitOfWord: [String: String] = [
        "millisecond": "ms", "milliseconds": "ms", "msec": "ms", "second": "s", "seconds": "s", "sec": "s", "secs": "s",
        "minute": "m", "minutes": "m", "min": "m", "mins": "m", "hour": "h", "hours": "h", "hr": "h", "hrs": "h",
        "day": "d", "days": "d",
    ]

    /// What would be right, said after what stands there.
    static func wanted(insteadOf text: String) -> String {
        let form = "a duration is wanted: a number with ms, s, m, h or d"
        return form + (advice(for: text) ?? ", such as 10s or 36h")
    }

    private static func advice(for text: String) -> String? {
        let words = text.lowercased().filter { !$0.isWhitespace }
        let number = String(words.prefix { $0.isNumber || $0 == "." || $0 == "-" })
        guard let value = ExactDecimal(number) else { return nil }
        if value.unscaled < 0 { return ", 0 or more" }
        let word = String(words.dropFirst(number.count))
        switch word {
        case "": return ", such as \(number)s, \(number)m, \(number)h or \(number)d"
        case "w", "week", "weeks": return weeks(value)
        default: return fitting(number, unitOfWord[word] ?? word)
        }
    }

    /// The number with its unit where that is a duration; else why it is none.
    private static func fitting(_ number: String, _ unit: String) -> String? {
        guard ["ms", "s", "m", "h", "d"].contains(unit) else { return nil }
        if milliseconds(number + unit) != nil { return "; write \(number)\(unit)" }
        return ", in whole milliseconds and at most \(DurationText.text(milliseconds: longestMilliseconds))"
    }

    private static func weeks(_ value: ExactDecimal) -> String? {
        guard let days = whole(value, times: 7, upTo: 36_525) else { return nil }
        return "; write \(days)d"
    }
}
