// The two clocks: the policy clock, which `--as-of` sets, and the machine's own.
//
// Policy time goes into decisions and records. Leases use the machine's wall clock and settling its monotonic one:
// nothing that `--as-of` can turn.

internal import Foundation
import Glibc

/// What time it is.
package struct SiteClock: Sendable {
    /// Seconds since 1970 that `--as-of` named; nil for now.
    private let fixed: Int64?
    private let zone: TimeZone

    /// - Parameters:
    ///   - asOf: As `AsOf` reads it; nil for the machine's time.
    ///   - timeZone: An IANA name; the offset that records are written with.
    /// - Returns: nil when `asOf` is no time.
    package init?(asOf: String?, timeZone: String) {
        zone = TimeZone(identifier: timeZone) ?? TimeZone(identifier: "UTC") ?? .current
        guard let asOf else {
            fixed = nil
            return
        }
        guard let seconds = AsOf(asOf)?.seconds(in: zone) else { return nil }
        fixed = seconds
    }

    /// The policy clock, in seconds since 1970.
    package var seconds: Int64 { fixed ?? Int64(Glibc.time(nil)) }

    /// The policy clock, in milliseconds since 1970.
    package var milliseconds: Int64 { fixed.map { $0 * 1000 } ?? Self.wallMilliseconds }

    /// The policy clock's time as records have it: ISO 8601 with the site's offset.
    package var timestamp: String { text(seconds) }

    /// A time as records have it.
    package func text(_ seconds: Int64) -> String {
        let date = Date(timeIntervalSince1970: TimeInterval(seconds))
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let part = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
        let offset = zone.secondsFromGMT(for: date)
        func two(_ value: Int?) -> String { String((value ?? 0) + 100).suffix(2).description }
        let year = String((part.year ?? 0) + 10_000).suffix(4)
        let sign = offset < 0 ? "-" : "+"
        let zone = "\(sign)\(two(abs(offset) / 3600)):\(two(abs(offset) / 60 % 60))"
        return "\(year)-\(two(part.month))-\(two(part.day))T\(two(part.hour)):\(two(part.minute)):\(two(part.second))"
            + zone
    }

    /// Seconds since 1970 of a record's time; nil when it is none.
    package static func seconds(of text: String) -> Int64? {
        let formatter = ISO8601DateFormatter()
        for options: ISO8601DateFormatter.Options in [
            [.withInternetDateTime], [.withInternetDateTime, .withFractionalSeconds],
        ] {
            formatter.formatOptions = options
            if let date = formatter.date(from: text) { return Int64(date.timeIntervalSince1970.rounded(.down)) }
        }
        return nil
    }

    /// The machine's wall clock, in milliseconds since 1970.
    package static var wallMilliseconds: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// The machine's monotonic clock, in nanoseconds.
    package static var monotonicNanoseconds: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
