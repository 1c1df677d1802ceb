// When documents are issued: the site's own time of day, because its year is in their numbers.

internal import Accounting
internal import Radiology

extension SiteContext {
    /// The time of a document that is issued now, with the offset of the site's zone.
    func issueTime() throws -> Instant {
        let zone = configuration.site.timeZone
        let text = BillingCalendar(timeZone: zone)?.text(clock.seconds) ?? clock.timestamp
        guard let instant = Instant(iso8601: text) else { throw StageError.unexpected("'\(text)' is no time") }
        return instant
    }
}
