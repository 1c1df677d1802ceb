// DurationWords owns how a length of time is said to people: as the configuration writes it.
//
// Pure.

/// Says a duration.
package enum DurationWords {
    private static let units: [(milliseconds: Int64, sign: String)] = [
        (86_400_000, "d"), (3_600_000, "h"), (60_000, "m"), (1000, "s"), (1, "ms"),
    ]

    /// In the largest unit that fits without a remainder: `7d`, `36h`, `90m`.
    ///
    /// - Parameter milliseconds: Not below 0.
    package static func text(milliseconds: Int64) -> String {
        for unit in units where milliseconds >= unit.milliseconds && milliseconds % unit.milliseconds == 0 {
            return "\(milliseconds / unit.milliseconds)\(unit.sign)"
        }
        return "0s"
    }
}
