// The tables of tiers: when an exam was last used, which packs are between two tiers, and which exams are wanted back.
//
// `exam_use` is a summary that is only ever moved forward; `pack_move` and `exam_recall` are work, and empty at rest.

internal import GRDB
internal import Radiology

enum SchemaVersion3 {
    static let statements = [
        """
        CREATE TABLE exam_use (
            study_id INTEGER NOT NULL PRIMARY KEY REFERENCES study (id),
            used_at TEXT NOT NULL,
            used_seconds INTEGER NOT NULL
        ) STRICT
        """,
        "CREATE INDEX exam_use_order ON exam_use (used_seconds, study_id)",
        """
        CREATE TABLE pack_move (
            pack_id INTEGER NOT NULL PRIMARY KEY REFERENCES pack (id),
            other_tier TEXT NOT NULL REFERENCES tier (name),
            owner TEXT
        ) STRICT
        """,
        """
        CREATE TABLE exam_recall (
            study_id INTEGER NOT NULL PRIMARY KEY REFERENCES study (id),
            asked_at TEXT NOT NULL,
            reason TEXT NOT NULL,
            attempt INTEGER NOT NULL DEFAULT 0,
            not_before INTEGER NOT NULL DEFAULT 0,
            last_error TEXT
        ) STRICT
        """,
        "CREATE INDEX pack_tier ON pack (tier, series_id)",
    ]

    /// Exams that are there already were last used when something of them was last stored.
    static func fill(_ database: Database) throws {
        let rows = try Row.fetchAll(database, sql: "SELECT id, last_stored_at FROM study")
        for row in rows { try Catalog.noteUse(database, study: row["id"], at: row["last_stored_at"]) }
    }
}
