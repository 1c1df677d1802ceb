// What `status` tells of what lies in the outbound folders, and of the last restore drill.
//
// Goes over the outbound folders' files: a question of a person, now and then.

import Files
import Foundation
import Stages

enum StandingText {
    /// Files and bytes that lie there, hidden ones included; what of it waits to be acknowledged, and since when.
    static func outbound(_ site: SiteContext) throws -> [String: Any] {
        let sums = try site.catalog.unacknowledgedSums()
        let (files, bytes) = use(of: site.layout.path + "/outbound")
        return [
            "files": files, "bytes": bytes, "unacknowledged": sums.count, "oldestSince": sums.oldestAt ?? NSNull(),
            "withdrawn": sums.withdrawnCount,
        ]
    }

    /// null when there was none.
    static func lastDrill(_ site: SiteContext) throws -> Any {
        guard let drill = try site.catalog.latestDrill() else { return NSNull() }
        return [
            "seed": drill.seed, "at": drill.at, "exams": drill.examCount, "failed": drill.failedCount,
            "bytes": drill.byteCount, "outcome": drill.failedCount == 0 ? "passed" : "failed",
        ] as [String: Any]
    }

    static func lines(_ status: [String: Any]) -> [String] {
        var lines: [String] = []
        if let outbound = status["outbound"] as? [String: Any] {
            lines.append(
                "outbound\t\(outbound["files"] ?? 0) files\t\(outbound["bytes"] ?? 0) bytes\t"
                    + "\(outbound["unacknowledged"] ?? 0) to be acknowledged, since \(outbound["oldestSince"] as? String ?? "-")\t"
                    + "\(outbound["withdrawn"] ?? 0) withdrawn")
        }
        guard let drill = status["lastDrill"] as? [String: Any] else { return lines + ["last drill\t-"] }
        return lines + [
            "last drill\t\(drill["seed"] ?? "")\t\(drill["at"] ?? "")\t\(drill["outcome"] ?? "")\t"
                + "\(drill["failed"] ?? 0) of \(drill["exams"] ?? 0) exams failed"
        ]
    }

    private static func use(of folder: String) -> (files: Int, bytes: Int64) {
        guard let walk = FileManager.default.enumerator(atPath: folder) else { return (0, 0) }
        var files = 0
        var bytes: Int64 = 0
        for case let name as String in walk {
            // What is gone since it was listed takes no space.
            guard let status = Paths.status(folder + "/" + name), status.kind == .file else { continue }
            files += 1
            bytes += status.byteCount
        }
        return (files, bytes)
    }
}
