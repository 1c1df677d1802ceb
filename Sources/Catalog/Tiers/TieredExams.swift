// Which exams may leave a tier, in the order in which they go, and which packs are theirs.
//
// Reads only. An exam whose reading is open stays: a reader has not answered, and there is no result yet that stands
// without the answer. So does one that somebody has asked back.

internal import GRDB

/// An exam that may leave a tier.
package struct DemotableExam: Sendable, Equatable {
    package let study: Int64
    package let examKey: String
    /// Seconds since 1970.
    package let usedSeconds: Int64
    /// Of its packs in the tier.
    package let byteCount: Int64
}

extension Catalog {
    /// The exams with packs in a tier that may leave it, the least recently used first.
    ///
    /// - Parameters:
    ///   - usedSeconds: Only those whose last use is not after this, in seconds since 1970.
    ///   - after: The last one of an earlier answer.
    package func demotableExams(
        in tier: String, usedUpTo usedSeconds: Int64, after: DemotableExam?, limit: Int
    ) throws(CatalogError) -> [DemotableExam] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT study.id, exam_key, used_seconds, SUM(pack.byte_count) AS byte_count
                    FROM pack JOIN series ON series.id = series_id JOIN study ON study.id = series.study_id
                    JOIN exam_use ON exam_use.study_id = study.id
                    WHERE tier = ? AND used_seconds <= ? AND (used_seconds, study.id) > (?, ?)
                        AND NOT EXISTS (SELECT 1 FROM exam_recall WHERE exam_recall.study_id = study.id)
                        AND NOT \(openReading)
                    GROUP BY study.id, exam_key, used_seconds ORDER BY used_seconds, study.id LIMIT ?
                    """,
                arguments: [tier, usedSeconds, after?.usedSeconds ?? .min, after?.study ?? .min, limit]
            ).map {
                DemotableExam(
                    study: $0["id"], examKey: $0["exam_key"], usedSeconds: $0["used_seconds"],
                    byteCount: $0["byte_count"])
            }
        }
    }

    private var openReading: String {
        """
        EXISTS (SELECT 1 FROM assignment WHERE assignment.study_id = study.id
            AND NOT EXISTS (SELECT 1 FROM diagnosis WHERE diagnosis.study_id = assignment.study_id
                AND diagnosis.reader = assignment.reader AND diagnosis.round = assignment.round
                AND diagnosis.status = 'sealed')
            AND COALESCE((SELECT status FROM determination WHERE determination.study_id = study.id
                ORDER BY version DESC LIMIT 1), 'none') NOT IN ('determined', 'technicalRecall'))
        """
    }

    /// The packs of an exam, by their row.
    package func packs(ofStudy study: Int64) throws(CatalogError) -> [PackRecord] {
        try packs(where: "study.id = ?", [study])
    }

    /// Whether a pack is between two tiers, or a second copy of it still has to be removed.
    package func isMoving(pack: Int64) throws(CatalogError) -> Bool {
        try read { database in
            try Int.fetchOne(database, kept: "SELECT 1 FROM pack_move WHERE pack_id = ?", arguments: [pack]) != nil
        }
    }
}
