// Decides reports that waited for their exam: when it is there, and when they have waited for too long.

internal import Catalog
internal import Configuration
internal import Pipeline
internal import Radiology

struct WaitingReports {
    let site: SiteContext

    func look() throws {
        for waiting in try site.catalog.waitingReports() {
            if let facts = try decision(waiting) { try decide(waiting, as: facts) }
        }
    }

    /// nil while it goes on waiting.
    private func decision(_ waiting: StoredReport) throws -> ReportFacts? {
        let facts = waiting.facts
        guard let party = site.configuration.party(facts.party) else {
            return facts.decided(.refused, study: nil, version: 1, reason: "\(facts.party) is no party any more")
        }
        let judge = ReportJudge(site: site, party: party)
        let reference = ExamReference(
            facility: facts.facility, accessionNumber: facts.accessionNumber.isEmpty ? nil : facts.accessionNumber,
            studyInstanceUID: facts.studyInstanceUID.isEmpty ? nil : facts.studyInstanceUID)
        do {
            let place = try judge.place(reference, purpose: facts.purpose)
            guard let exam = place.exam else { return try overdue(waiting) }
            let others = try site.catalog.reports(ofStudy: exam.study).map(\.facts)
            if others.contains(where: { $0.party == facts.party && $0.content == facts.content }) {
                return facts.decided(.refused, study: nil, version: 1, reason: "the exam has this report already")
            }
            let version = try judge.version(of: facts, among: others)
            return facts.decided(.accepted, study: exam.study, version: version, reason: nil)
        } catch let refused as ReportJudge.Refused {
            return facts.decided(.refused, study: nil, version: 1, reason: refused.reason)
        }
    }

    private func overdue(_ waiting: StoredReport) throws -> ReportFacts? {
        let limit = site.configuration.pipeline(.reports).holdIncompleteAfterMilliseconds / 1000
        guard let since = SiteClock.seconds(of: waiting.receivedAt), site.clock.seconds - since >= limit else {
            return nil
        }
        return waiting.facts.decided(
            .refused, study: nil, version: 1,
            reason: "no such exam came in \(limit / 3600) h, or it is not for you to report on")
    }

    private func decide(_ waiting: StoredReport, as facts: ReportFacts) throws {
        let items = try site.catalog.items(ofDrop: waiting.drop).map { item in
            item.position == facts.position
                ? ItemFacts(
                    position: item.position, name: item.name, status: facts.state == .accepted ? .accepted : .refused,
                    reason: facts.reason, sha256: item.sha256) : item
        }
        var whole = JudgedDocument()
        whole.settle(items)
        try site.catalog.decide(
            waiting, as: facts, drop: (whole.status.rawValue, whole.reason), at: site.clock.timestamp)
    }
}
