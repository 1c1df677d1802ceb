// What the delivery of one exam costs the party that gets it.
//
// Facilities pay; readers and the office, which do the site's own work, are not charged, and nobody is on a site without
// price lists. Where there are price lists, an exam for which none says what it costs is not given until one does: it is
// never free by mistake.

internal import Accounting
internal import Catalog
internal import Configuration
internal import Foundation
internal import Pipeline
internal import Radiology

struct DeliveryFee {
    let site: SiteContext
    let request: LendingRequest

    /// Nothing says what it costs.
    struct Unpriced: Error {
        let reason: String
    }

    /// - Parameters:
    ///   - at: When it is released, as records have it.
    /// - Returns: nil when the party is not charged.
    /// - Throws: `Unpriced`.
    func usage(of granted: GrantedExam, at: String) throws -> UsageEvent? {
        guard let facility = site.configuration.facility(request.party), !site.configuration.priceLists.isEmpty else {
            return nil
        }
        guard let instant = Instant(iso8601: at) else { throw StageError.unexpected("'\(at)' is no time") }
        let series = try site.catalog.series(ofStudy: granted.exam.study)
            .filter { granted.grant.kinds.contains($0.modality) }
        let delivery = DeliveredExam(
            party: request.party, purpose: request.purpose,
            day: try Self.day(of: instant, zone: facility.timeZone), atMilliseconds: instant.millisecondsSince1970,
            modalities: Set(granted.grant.kinds), bodyParts: Set(series.map(\.bodyPart)).subtracting([""]),
            lastChargedMilliseconds: try site.catalog.lastCharged(
                party: request.party, exam: granted.exam.key, purpose: request.purpose))
        switch try site.configuration.tariff.fee(for: delivery) {
        case .unpriced(let reason): throw Unpriced(reason: "nothing says what it costs: \(reason)")
        case .fee(let fee):
            return UsageEvent(
                dataFee: fee, id: "dataFee:\(request.party):\(request.name):\(granted.exam.key)", party: request.party,
                at: instant, exam: granted.exam.key, request: request.name, purpose: request.purpose)
        }
    }

    /// The day of an instant where the party is.
    private static func day(of instant: Instant, zone: String) throws -> BillingDay {
        guard let zone = TimeZone(identifier: zone) else { throw StageError.unexpected("'\(zone)' is no time zone") }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let date = Date(timeIntervalSince1970: Double(instant.millisecondsSince1970 / 1000))
        let parts = calendar.dateComponents([.year, .month, .day], from: date)
        return BillingDay(year: parts.year ?? 0, month: parts.month ?? 1, day: parts.day ?? 1)
    }
}
