// What a party gets that was given a report of which there is a new version: a notice, and the new version, as a delivery of
// that report alone under the grant by which the party holds the exam.
//
// Invariants: made from facts, the same to the byte whenever it is repeated; a notice without a delivery says nothing of
// what the report says. It is free: the exam was paid for when it was given.

internal import Accounting
internal import Catalog
internal import Configuration
internal import Files
internal import Interchange
internal import Pipeline
internal import Spool

struct ReportChangeFolder {
    let site: SiteContext

    /// Lets the delivery appear.
    ///
    /// - Returns: The digest by which it is acknowledged.
    func publish(_ publication: Publication) throws -> SHA256Digest {
        let change = try change(publication)
        guard site.configuration.party(publication.party) != nil else {
            throw StageError.unexpected("\(publication.party) is no party any more; \(publication.name) waits")
        }
        guard let record = try change.grant.map({ try site.catalog.grant($0) }) ?? nil,
            let request = try site.catalog.lendingRequest(record.request),
            let release = try site.catalog.latestRelease(ofGrant: record.id)
        else { throw StageError.unexpected("\(publication.name): the grant that it is given by is not there") }
        let granted = try GrantedExam(record, of: request, catalog: site.catalog)
        let folder = try Outbox(layout: site.layout).beginFolder(
            party: publication.party, kind: publication.kind, name: FileName(publication.name))
        let prefix = "\(change.examKey)/"
        let content = try DeliveredExamFolder(
            site: site,
            request: try DeliveryRequest(granted, of: request, at: release.releasedAt, site: site),
            exam: granted.exam, instanceLimit: 0, grant: granted.grant,
            reports: try DeliveredReport.only(change.report, ofStudy: change.study, site: site)
        ).fill(folder, prefix: prefix)
        let files = content.files.map { ReleaseFile($0) }
        let given = DeliveryDocuments.Given(
            granted: granted,
            release: release.ofReportsAlone(files, charge: charge(change, release), at: change.changedAt), files: files,
            leftOut: [])
        let documents = DeliveryDocuments(
            request: request, time: { [clock = site.clock] in clock.text($0) },
            ownIssuer: { [site] in site.configuration.facility($0)?.issuerOfPatientID })
        try folder.add("\(prefix)release.json", documents.release(given))
        let line = DeliverySummary.Line(key: change.examKey, outcome: .given(given))
        try folder.add("summary.json", DeliverySummary(request: request).json([line]))
        return try folder.finish()
    }

    /// Nothing, and why; nil where the exam itself was not charged.
    private func charge(_ change: ReportChange, _ release: ReleaseRecord) -> ReleaseCharge? {
        guard release.charge != nil else { return nil }
        let currency = site.configuration.tariff.currency
        return ReleaseCharge(
            event: change.act, amount: Money.zero(currency).text, currency: currency.code,
            reason: "a new version of a report of this exam, which was charged with request \(release.request): free")
    }

    /// The notice's bytes.
    func notice(_ publication: Publication) throws -> [UInt8] {
        let change = try change(publication)
        var text = JSONText()
        text.raw("{")
        text.member("type", "notice", first: true)
        text.member("kind", "report")
        text.member("exam", change.examKey)
        text.member("status", change.status.rawValue)
        text.member("version", change.version)
        text.member("at", change.changedAt)
        text.member("delivery", change.deliveryName)
        text.member("digest", change.grant.map { _ in change.digest.hex })
        text.member("message", Self.message(change))
        text.raw("}\n")
        return text.take()
    }

    private static func message(_ change: ReportChange) -> String {
        let what =
            "A report of this exam that you were given is \(change.status.rawValue) now, as version \(change.version)."
        guard let name = change.deliveryName else {
            return what + " You have no right to its reports now: ask for the exam again."
        }
        return what + " It is in deliveries/\(name)."
    }

    private func change(_ publication: Publication) throws -> ReportChange {
        guard let change = try site.catalog.reportChange(publication.subjectID) else {
            throw StageError.unexpected("the change of a report, \(publication.subjectID), is not there")
        }
        return change
    }
}
