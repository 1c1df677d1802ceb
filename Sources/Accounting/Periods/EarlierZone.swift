// EarlierZone owns a time zone in which a place's days were counted until its months were closed in it.
//
// Pure. Its text is what the catalogue keeps.

/// A zone that held before another one.
package struct EarlierZone: Hashable, Sendable {
    /// A name of the IANA database.
    package let timeZone: String
    /// When it ended, in seconds since 1970: the beginning of a day in it.
    package let untilSeconds: Int64

    package init(timeZone: String, untilSeconds: Int64) {
        self.timeZone = timeZone
        self.untilSeconds = untilSeconds
    }

    /// Some zones as a line: `Asia/Tokyo 1793458800;Europe/London 1796083200`.
    package static func text(_ zones: [EarlierZone]) -> String {
        zones.map { "\($0.timeZone) \($0.untilSeconds)" }.joined(separator: ";")
    }

    /// - Returns: What `text` was given; nil for what it never gives.
    package static func zones(_ text: String) -> [EarlierZone]? {
        var zones: [EarlierZone] = []
        for part in text.split(separator: ";") {
            let fields = part.split(separator: " ")
            guard fields.count == 2, let until = Int64(fields[1]) else { return nil }
            zones.append(EarlierZone(timeZone: String(fields[0]), untilSeconds: until))
        }
        return zones
    }
}
