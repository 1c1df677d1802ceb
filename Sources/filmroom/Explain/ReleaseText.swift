// Who holds what, and what became of a request, as `explain --json` says it.
//
// Pure: rows in, dictionaries of JSON values out.

import Catalog
import Foundation
import Pipeline

enum ReleaseText {
    /// - Parameter exam: Its key.
    static func holder(_ release: ReleaseRecord, exam: String) -> [String: Any] {
        [
            "exam": exam, "party": release.party, "purpose": release.purpose, "request": release.request,
            "pixelDensity": release.rights.pixelDensity, "imageProcessing": release.rights.imageProcessing,
            "reports": release.rights.reports, "reportInput": release.rights.reportInput,
            "deidentified": release.rights.isDeidentified, "since": release.releasedAt,
            "until": release.untilSeconds.map { utc($0) } ?? NSNull(), "policyVersion": release.policyVersion,
            "fileCount": release.fileCount, "byteCount": release.byteCount,
            "charge": release.charge.map { ["event": $0.event, "amount": $0.amount, "currency": $0.currency] }
                ?? NSNull(),
        ]
    }

    static func request(
        _ request: LendingRequest, exams: [RequestedExam], grants: [GrantRecord], denials: [DenialRecord],
        releases: [ReleaseRecord]
    ) -> [String: Any] {
        let keys = Dictionary(exams.map { ($0.position, $0.key) }) { first, _ in first }
        let positions = Dictionary(grants.map { ($0.id, $0.position) }) { first, _ in first }
        return [
            "type": "request", "id": request.name, "party": request.party, "purpose": request.purpose,
            "prefer": request.prefer, "format": request.format, "askedAt": request.askedAt,
            "drop": request.drop.description, "delivery": "\(request.party)/deliveries/\(request.deliveryName)",
            "examCount": request.examCount, "grantedCount": grants.count, "deniedCount": denials.count,
            "denials": denials.map {
                ["exam": keys[$0.position] ?? "", "reason": $0.reason, "message": $0.message, "at": $0.decidedAt]
            },
            "releases": releases.map { release in
                holder(release, exam: positions[release.grant].flatMap { keys[$0] } ?? "")
            },
        ]
    }

    private static func utc(_ seconds: Int64) -> String {
        SiteClock(asOf: nil, timeZone: "UTC")?.text(seconds) ?? ""
    }
}
