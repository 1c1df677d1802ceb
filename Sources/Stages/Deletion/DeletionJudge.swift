// Judges the office's order that an exam be deleted: its retention period is over, and nobody keeps it by a hold.
//
// Reads the catalogue, writes nothing; the transaction that deletes finds again that what was judged still holds.

internal import Catalog
internal import Configuration
internal import Pipeline
internal import Radiology

struct DeletionJudge {
    let site: SiteContext

    /// Why nothing is deleted: each condition that is not met, and from when on it would be.
    struct Refused: Error {
        let reason: String
    }

    /// - Parameter earlier: What items before it in the same drop cause.
    /// - Throws: `Refused`.
    func judge(
        _ order: Deletion, of exam: ExamRecord, position: Int, after earlier: [ItemEffect]
    ) throws -> DeletionOrder {
        let newestReport = try site.catalog.newestReport(study: exam.study)
        let storedAt = try lastStored(exam)
        var reasons: [String] = []
        var kept: (until: String, retention: String)?
        if let retention = site.configuration.storage.retentionMilliseconds {
            let words = DurationWords.text(milliseconds: retention)
            let until = (SiteClock.seconds(of: storedAt) ?? .max / 2) + (retention + 999) / 1000
            kept = (site.clock.text(until), words)
            if site.clock.seconds < until {
                reasons.append(
                    "retention: \(exam.key) is kept for \(words) after something of it was last stored (\(storedAt)); it can be deleted from \(site.clock.text(until)) on"
                )
            }
        } else {
            reasons.append("retention: storage.yaml sets none, so that exams are kept for ever and none can be deleted")
        }
        if try isOnHold(exam.study, after: earlier) {
            reasons.append("onHold: \(exam.key) is on hold; a hold order that says \"on\": false frees it")
        }
        guard let kept, reasons.isEmpty else { throw Refused(reason: reasons.joined(separator: "; ")) }
        return DeletionOrder(
            position: position, name: order.id, study: exam.study, reason: order.reason,
            imagesStoredAt: exam.lastStoredAt, newestReport: newestReport, lastStoredAt: storedAt,
            retention: kept.retention, keptUntil: kept.until)
    }

    /// When images or a report of it were last stored.
    private func lastStored(_ exam: ExamRecord) throws -> String {
        let times = [exam.lastStoredAt] + (try site.catalog.reports(ofStudy: exam.study).map(\.receivedAt))
        return times.max { (SiteClock.seconds(of: $0) ?? 0) < (SiteClock.seconds(of: $1) ?? 0) } ?? exam.lastStoredAt
    }

    private func isOnHold(_ study: Int64, after earlier: [ItemEffect]) throws -> Bool {
        let ordered = earlier.compactMap { effect -> Bool? in
            guard case .hold(let order) = effect, order.study == study else { return nil }
            return order.isOn
        }
        return try ordered.last ?? site.catalog.isOnHold(study: study)
    }
}

extension [ItemEffect] {
    /// Whether one of them deletes an exam.
    func deletes(_ study: Int64) -> Bool {
        contains { effect in
            guard case .delete(let order) = effect else { return false }
            return order.study == study
        }
    }
}
