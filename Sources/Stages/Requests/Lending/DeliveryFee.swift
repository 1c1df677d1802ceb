// What the delivery of one exam costs the party that gets it.
//
// Facilities pay; readers and the office, which do the site's own work, are not charged, and nobody is on a site without
// price lists. Where there are price lists, an exam for which none says what it costs is not given until one does: it is
// never free by mistake.

internal import Accounting
internal import Catalog
internal import Configuration
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
        guard site.configuration.facility(request.party) != nil, !site.configuration.priceLists.isEmpty else {
            return nil
        }
        guard let instant = Instant(iso8601: at) else { throw StageError.unexpected("'\(at)' is no time") }
        let series = try site.catalog.series(ofStudy: granted.exam.study)
            .filter { granted.grant.kinds.contains($0.modality) }
        let delivery = DeliveredExam(
            party: request.party, purpose: request.purpose,
            day: try day(of: instant), atMilliseconds: instant.millisecondsSince1970,
            modalities: Set(granted.grant.kinds), bodyParts: Set(series.map(\.bodyPart)).subtracting([""]),
            procedures: try Self.procedures(granted.exam, series),
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

    /// The day of an instant where the party is, as its months have it.
    private func day(of instant: Instant) throws -> BillingDay {
        let (whole, part) = instant.millisecondsSince1970.quotientAndRemainder(dividingBy: 1000)
        let calendar = try site.catalog.calendar(ofParty: request.party)
        return BillingDay(number: calendar.day(at: part < 0 ? whole - 1 : whole))
    }

    /// What was done, as the exam's study and those of its series that are given say it.
    private static func procedures(_ exam: ExamRecord, _ series: [SeriesRecord]) throws -> Set<String> {
        let study = try AttributeText(exam.studyAttributes)
        let steps = try series.map { try AttributeText($0.attributes)["performedProcedureStepDescription"] }
        return Set(
            ([study["requestedProcedureDescription"], study["studyDescription"]] + steps)
                .compactMap { $0.map(DataFee.procedureName) })
    }
}
