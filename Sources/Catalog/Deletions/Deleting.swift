// The transaction in which an exam is deleted: its rows go, what they said is kept as a fact, its storage is charged no
// longer, and its files become work.
//
// Invariants: nothing goes that is on hold, between two tiers, or not what was judged; no row of another exam is touched;
// no file is removed here.

internal import GRDB

extension Catalog {
    /// Carries an order out, within the transaction of its drop.
    ///
    /// - Throws: `.overtaken` when the exam is not what it was when it was judged; `.moving`.
    static func delete(_ database: Database, _ order: DeletionOrder, drop: DropRecord, at: String) throws {
        let exam = try deletable(database, order)
        try ExamDeletion(database: database, order: order, drop: drop, exam: exam, at: at).run()
    }

    private static func deletable(_ database: Database, _ order: DeletionOrder) throws -> ExamDeletion.Exam {
        let row = try Row.fetchOne(
            database,
            kept: """
                SELECT exam_key, study.party_id, party.name AS facility FROM study JOIN party ON party.id = study.party_id
                WHERE study.id = ? AND deleted_at IS NULL AND last_stored_at = ?
                """,
            arguments: [order.study, order.imagesStoredAt])
        guard let row, try newestReport(database, study: order.study) == order.newestReport,
            try !isOnHold(database, study: order.study)
        else { throw CatalogError.overtaken }
        let key: String = row["exam_key"]
        let isMoving = try Bool.fetchOne(
            database,
            kept: """
                SELECT EXISTS (SELECT 1 FROM pack_move JOIN pack ON pack.id = pack_id
                    JOIN series ON series.id = pack.series_id WHERE study_id = ?)
                """,
            arguments: [order.study])
        guard isMoving != true else { throw CatalogError.moving(exam: key) }
        return ExamDeletion.Exam(key: key, facility: row["facility"], party: row["party_id"])
    }

    /// The newest row of a report that is kept for an exam; 0 when there is none.
    package func newestReport(study: Int64) throws(CatalogError) -> Int64 {
        try read { try Self.newestReport($0, study: study) }
    }

    private static func newestReport(_ database: Database, study: Int64) throws -> Int64 {
        try Int64.fetchOne(
            database, kept: "SELECT COALESCE(MAX(id), 0) FROM report WHERE study_id = ?", arguments: [study]) ?? 0
    }

    /// Has what was judged about an exam that is deleted by now judged again.
    ///
    /// - Throws: `.overtaken`.
    static func requireLiving(_ database: Database, study: Int64) throws {
        let statement = try database.cachedStatement(sql: "SELECT 1 FROM study WHERE id = ? AND deleted_at IS NULL")
        guard try Int.fetchOne(statement, arguments: [study]) != nil else { throw CatalogError.overtaken }
    }
}

private struct ExamDeletion {
    struct Exam {
        let key: String
        let facility: String
        /// Its facility's row.
        let party: Int64
    }

    let database: Database
    let order: DeletionOrder
    let drop: DropRecord
    let exam: Exam
    let at: String

    private var act: String { "\(drop.id):\(order.position)" }

    func run() throws {
        let deletion = try noteDeletion()
        try noteContent(deletion)
        try meter()
        // Whoever takes something of these parties in looks again.
        try database.execute(
            kept: """
                UPDATE party SET generation = generation + 1
                WHERE id = ? OR name IN (SELECT party FROM exam_deletion_file WHERE deletion_id = ?)
                """,
            arguments: [exam.party, deletion])
        try removeRows()
        try Catalog.append(
            database,
            LedgerEvent(
                act: "deleted:\(act)", at: at, kind: .deleted, party: drop.party, drop: drop.id, study: order.study,
                instanceCount: try count("exam_deletion_instance", deletion),
                byteCount: try bytes(deletion),
                detail:
                    "by order \(order.name)\(order.reason.map { ": \($0)" } ?? ""); last stored \(order.lastStoredAt),"
                    + " kept for \(order.retention) until \(order.keptUntil), not on hold"))
    }

    private func noteDeletion() throws -> Int64 {
        try database.execute(
            kept: """
                INSERT INTO exam_deletion (study_id, drop_id, position, party, name, reason, last_stored_at, retention,
                    kept_until, deleted_at, instance_limit, instance_count, report_count, byte_count)
                SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, COALESCE(MAX(instance.id), 0), COUNT(*),
                    (SELECT COUNT(*) FROM report WHERE study_id = ?), COALESCE(SUM(instance.byte_count), 0)
                FROM instance JOIN series ON series.id = series_id WHERE study_id = ?
                """,
            arguments: [
                order.study, drop.id.number, order.position, drop.party, order.name, order.reason, order.lastStoredAt,
                order.retention, order.keptUntil, at, order.study, order.study,
            ])
        return database.lastInsertedRowID
    }

    /// Keeps what the rows say that go, and where the files lie.
    private func noteContent(_ deletion: Int64) throws {
        try database.execute(
            kept: """
                INSERT INTO exam_deletion_instance (deletion_id, instance_id, modality, sop_uid, is_primary, byte_count, sha256)
                SELECT ?, instance.id, modality, sop_uid, is_primary, byte_count, sha256
                FROM instance JOIN series ON series.id = series_id WHERE study_id = ? ORDER BY instance.id
                """,
            arguments: [deletion, order.study])
        try database.execute(
            kept: """
                INSERT INTO exam_deletion_file (deletion_id, kind, party, study_uid, series_uid, digest, tier, byte_count,
                    state)
                SELECT ?, 'pack', ?, study_uid, series_uid, digest, tier, byte_count, 'pending'
                FROM pack JOIN series ON series.id = series_id JOIN study ON study.id = study_id WHERE study_id = ?
                ORDER BY pack.id
                """,
            arguments: [deletion, exam.facility, order.study])
        try database.execute(
            kept: """
                INSERT INTO exam_deletion_file (deletion_id, kind, party, study_uid, series_uid, digest, tier, byte_count,
                    state)
                SELECT ?, 'report', party, '', '', digest, tier, byte_count, 'pending' FROM report WHERE study_id = ?
                ORDER BY id
                """,
            arguments: [deletion, order.study])
    }

    /// Its storage is charged up to now.
    private func meter() throws {
        let tiers = try Row.fetchAll(
            database,
            kept: """
                SELECT tier, SUM(instance.byte_count) AS bytes FROM instance JOIN pack ON pack.id = pack_id
                JOIN series ON series.id = pack.series_id WHERE study_id = ? GROUP BY tier ORDER BY tier
                """,
            arguments: [order.study])
        for row in tiers {
            let tier: String = row["tier"]
            try Catalog.meterDeletion(
                database, act: "deleted:\(act):\(exam.key):\(tier)", facility: exam.facility, exam: exam.key,
                tier: tier, byteCount: row["bytes"], cause: drop.id.description, at: at)
        }
    }

    private func removeRows() throws {
        try RowLimits.note(database, of: ["instance", "pack", "series", "report", "report_change"])
        let ofSeries = "series_id IN (SELECT id FROM series WHERE study_id = ?)"
        for condition in ["instance WHERE \(ofSeries)", "pack WHERE \(ofSeries)"] {
            try database.execute(sql: "DELETE FROM \(condition)", arguments: [order.study])
        }
        // Who was given which stays in the releases. A change that is not told yet is not told any more.
        for table in ["report_copy", "report_change"] {
            try database.execute(
                sql: "DELETE FROM \(table) WHERE report_id IN (SELECT id FROM report WHERE study_id = ?)",
                arguments: [order.study])
        }
        for table in ["series", "report", "exam_recall", "exam_change", "exam_use", "open_reading"] {
            try database.execute(sql: "DELETE FROM \(table) WHERE study_id = ?", arguments: [order.study])
        }
        try Catalog.endLinks(database, ofDeleted: order.study, at: at)
        // What the images said of the study goes with them; the names by which it is known stay.
        try database.execute(
            kept: "UPDATE study SET deleted_at = ?, attributes = '{}' WHERE id = ?", arguments: [at, order.study])
    }

    private func count(_ table: String, _ deletion: Int64) throws -> Int? {
        try Int.fetchOne(
            database, sql: "SELECT COUNT(*) FROM \(table) WHERE deletion_id = ?", arguments: [deletion])
    }

    private func bytes(_ deletion: Int64) throws -> Int64? {
        try Int64.fetchOne(database, kept: "SELECT byte_count FROM exam_deletion WHERE id = ?", arguments: [deletion])
    }
}
