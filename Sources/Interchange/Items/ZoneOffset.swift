// ZoneOffset owns the answer which offset a wall clock had, for documents that say times without one.
//
// The zone is given by its IANA name, never taken from the machine.

internal import Foundation
package import Radiology

/// The offsets of one place.
package struct ZoneOffset: Sendable {
    private let offset: @Sendable (LocalTime) -> Int?

    /// Any rule; nil where it does not know.
    package init(_ offset: @escaping @Sendable (LocalTime) -> Int?) {
        self.offset = offset
    }

    /// No zone is known: times without an offset are refused.
    package static let unknown = ZoneOffset { _ in nil }

    /// The rules of a zone, such as `Asia/Tokyo`. Of an hour that comes twice the first is meant.
    ///
    /// - Returns: nil when there is no such zone.
    package init?(identifier: String) {
        guard let zone = TimeZone(identifier: identifier) else { return nil }
        self.init { local in
            var calendar = Calendar(identifier: .gregorian)
            calendar.timeZone = zone
            let parts = DateComponents(
                year: local.year, month: local.month, day: local.day, hour: local.hour, minute: local.minute,
                second: local.second)
            return calendar.date(from: parts).map { zone.secondsFromGMT(for: $0) }
        }
    }

    /// Seconds that the wall clock was ahead of UTC; nil when it is not known.
    package func seconds(at local: LocalTime) -> Int? { offset(local) }
}
