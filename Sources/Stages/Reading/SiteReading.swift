// What a site's configuration says of reading, on the day of the policy clock.

internal import Configuration
internal import Foundation
internal import Pipeline

extension SiteContext {
    /// The day that the policy clock shows in the site's time zone.
    var today: CalendarDate { day(of: clock.timestamp) }

    /// The day of a record's time, as it is written there.
    func day(of instant: String) -> CalendarDate {
        guard let day = CalendarDate(String(instant.prefix(10))) else {
            preconditionFailure("an instant begins with its date: \(instant)")
        }
        return day
    }

    func readingProtocol(_ id: String) -> ReadingProtocol? { configuration.protocols.first { $0.id == id } }
}
