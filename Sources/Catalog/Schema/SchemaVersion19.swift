// The table of the office's words on whose exams are that charts and images give to different patients, and the mark of
// links that such a word made or ended. The newest word about an exam counts.
//
// All are facts: written once, never changed.

enum SchemaVersion19 {
    static let statements = [
        """
        CREATE TABLE exam_settlement (
            id INTEGER PRIMARY KEY,
            study_id INTEGER NOT NULL REFERENCES study (id),
            drop_id INTEGER NOT NULL REFERENCES intake (id),
            position INTEGER NOT NULL,
            patient_id TEXT,
            issuer TEXT,
            reason TEXT,
            settled_at TEXT NOT NULL,
            UNIQUE (drop_id, position),
            CHECK ((patient_id IS NULL) = (issuer IS NULL))
        ) STRICT
        """,
        "CREATE INDEX exam_settlement_study ON exam_settlement (study_id)",
        "CREATE INDEX exam_settlement_patient ON exam_settlement (patient_id, issuer) WHERE patient_id IS NOT NULL",
        "ALTER TABLE chart_link ADD COLUMN is_settled INTEGER NOT NULL DEFAULT 0 CHECK (is_settled IN (0, 1))",
    ]
}
