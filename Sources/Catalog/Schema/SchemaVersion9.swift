// The table of the office's holds: each order that an exam be kept, or be free again. The newest one counts.
//
// All are facts: written once, never changed.

enum SchemaVersion9 {
    static let statements = [
        """
        CREATE TABLE exam_hold (
            id INTEGER PRIMARY KEY,
            study_id INTEGER NOT NULL REFERENCES study (id),
            drop_id INTEGER NOT NULL REFERENCES intake (id),
            position INTEGER NOT NULL,
            is_on INTEGER NOT NULL CHECK (is_on IN (0, 1)),
            reason TEXT,
            ordered_at TEXT NOT NULL,
            UNIQUE (drop_id, position)
        ) STRICT
        """,
        "CREATE INDEX exam_hold_study ON exam_hold (study_id)",
    ]
}
