// Text and numbers as pages show them. Pure.

/// Ways of writing.
package enum ShownText {
    /// Without control characters, which no page may hold, and without those that turn the order of letters, which could
    /// show another text than the one that was written; line breaks and tabs stay.
    static func clean(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { !isHidden($0) }))
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\n", "\t": false
        case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": true
        default: scalar.properties.generalCategory == .control
        }
    }

    /// The same on one line.
    static func line(_ text: String) -> String {
        let breaks: Set<Unicode.Scalar> = ["\n", "\t", "\u{2028}", "\u{2029}"]
        return String(
            String.UnicodeScalarView(clean(text).unicodeScalars.map { breaks.contains($0) ? " " : $0 }))
    }

    /// A number with a fixed count of decimals, rounded half away from zero.
    static func fixed(_ value: Double, _ decimals: Int) -> String {
        let scale = (0..<decimals).reduce(1) { value, _ in value * 10 }
        let units = Int64((value * Double(scale)).rounded())
        guard decimals > 0 else { return String(units) }
        let fraction = String(Int64(scale) + abs(units) % Int64(scale)).dropFirst()
        return "\(units < 0 ? "\u{2212}" : "")\(abs(units) / Int64(scale)).\(fraction)"
    }

    /// A number without the zeros at its end, with three decimals at most.
    static func short(_ value: Double) -> String {
        var text = fixed(value, 3)
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }

    package static func percent(_ value: Double) -> String { fixed(value * 100, 1) + "\u{202F}%" }

    /// `2026-11-20T10:15:00+09:00` as `2026-11-20 10:15:00 +09:00`; anything else as it is.
    package static func time(_ instant: String) -> String {
        let scalars = Array(instant.unicodeScalars)
        guard scalars.count >= 20, scalars[10] == "T",
            let offset = scalars.lastIndex(where: { "+-Z".unicodeScalars.contains($0) }),
            offset > 10
        else { return line(instant) }
        let zone = String(String.UnicodeScalarView(scalars[offset...]))
        return line(
            String(String.UnicodeScalarView(scalars[..<10])) + " "
                + String(String.UnicodeScalarView(scalars[11..<offset])) + " " + (zone == "Z" ? "UTC" : zone))
    }

    /// `1 drop`, `3 drops`.
    package static func count(_ number: Int, _ one: String, _ many: String) -> String {
        "\(number) \(number == 1 ? one : many)"
    }

    /// Bytes as a person says them, by powers of 1000: `640 B`, `2.5 MB`, `1.2 TB`.
    package static func bytes(_ count: Int64) -> String {
        let units = ["B", "kB", "MB", "GB", "TB", "PB", "EB"]
        var value = Double(count)
        var unit = 0
        // What would be rounded up to 1000 is 1 of the next unit.
        while abs(value) >= (unit == 0 ? 1000 : 999.95), unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        return fixed(value, unit == 0 ? 0 : 1) + "\u{202F}" + units[unit]
    }

    /// Roughly how long something has lasted, in steps so wide that it seldom changes: `under 10 min`, `20 min`, `3 h`, `5 d`.
    package static func age(_ seconds: Int64) -> String {
        switch seconds {
        case ..<600: "under 10\u{202F}min"
        case ..<3600: "\(seconds / 600 * 10)\u{202F}min"
        case ..<172_800: "\(seconds / 3600)\u{202F}h"
        default: "\(seconds / 86_400)\u{202F}d"
        }
    }

    /// Seconds as a person says them: `40 s`, `12 min`, `3.5 h`, `2.1 d`.
    static func duration(_ seconds: Double) -> String {
        switch seconds {
        case ..<90: fixed(seconds, 0) + "\u{202F}s"
        case ..<5400: fixed(seconds / 60, 0) + "\u{202F}min"
        case ..<172_800: fixed(seconds / 3600, 1) + "\u{202F}h"
        default: fixed(seconds / 86_400, 1) + "\u{202F}d"
        }
    }
}
