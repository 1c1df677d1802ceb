// The office's holds: exams that nobody else is given while they last.
//
// Invariants: an order is a fact of its drop's transaction, never changed; the newest order about an exam counts.

internal import GRDB

/// The office's order that an exam be kept, or be free again.
package struct HoldOrder: Sendable, Equatable {
    /// Its place in the drop.
    package let position: Int
    package let study: Int64
    /// False lifts the hold.
    package let isOn: Bool
    package let reason: String?

    package init(position: Int, study: Int64, isOn: Bool, reason: String?) {
        self.position = position
        self.study = study
        self.isOn = isOn
        self.reason = reason
    }
}

extension Catalog {
    /// Takes an order in, within the transaction of its drop.
    ///
    /// - Throws: `.overtaken` when the exam was deleted meanwhile.
    static func insert(_ database: Database, _ order: HoldOrder, drop: DropRecord, at: String) throws {
        try requireLiving(database, study: order.study)
        try database.execute(
            kept: """
                INSERT INTO exam_hold (study_id, drop_id, position, is_on, reason, ordered_at) VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [order.study, drop.id.number, order.position, order.isOn, order.reason, at])
        try noteLiaison(database, .exam, order.study, at: at)
        try append(
            database,
            LedgerEvent(
                act: "hold:\(drop.id):\(order.position)", at: at, kind: order.isOn ? .examHeld : .examFreed,
                party: drop.party, drop: drop.id, study: order.study, detail: order.reason))
    }

    /// Whether the office keeps an exam.
    package func isOnHold(study: Int64) throws(CatalogError) -> Bool {
        try read { try Self.isOnHold($0, study: study) }
    }

    static func isOnHold(_ database: Database, study: Int64) throws -> Bool {
        try Bool.fetchOne(
            database, kept: "SELECT is_on FROM exam_hold WHERE study_id = ? ORDER BY id DESC LIMIT 1",
            arguments: [study]) ?? false
    }

    /// How many exams the office keeps.
    package func heldExamCount() throws(CatalogError) -> Int {
        try read { database in
            try Int.fetchOne(
                database,
                kept: """
                    SELECT COUNT(*) FROM exam_hold WHERE is_on = 1 AND NOT EXISTS (SELECT 1 FROM exam_hold AS newer
                        WHERE newer.study_id = exam_hold.study_id AND newer.id > exam_hold.id)
                    """) ?? 0
        }
    }
}
