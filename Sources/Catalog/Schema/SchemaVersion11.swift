// The tables of withdrawals, of what lay in outbound folders and nobody acknowledged, and of restore drills.
//
// All are facts: written once, never changed. A withdrawal is written with the publication made due again, with
// `withdrawal_id`, until the files are gone. `drill_exam.reason` is NULL for an exam that came back as it was stored.

enum SchemaVersion11 {
    static let statements = [
        """
        CREATE TABLE withdrawal_notice (
            id INTEGER PRIMARY KEY,
            party TEXT NOT NULL,
            name TEXT NOT NULL,
            at TEXT NOT NULL,
            UNIQUE (party, name)
        ) STRICT
        """,
        """
        CREATE TABLE withdrawal (
            id INTEGER PRIMARY KEY,
            party TEXT NOT NULL,
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            subject TEXT NOT NULL,
            sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
            published_at TEXT NOT NULL,
            withdrawn_at TEXT NOT NULL,
            notice_id INTEGER REFERENCES withdrawal_notice (id)
        ) STRICT
        """,
        "CREATE INDEX withdrawal_place ON withdrawal (party, kind, name)",
        "CREATE INDEX withdrawal_of_notice ON withdrawal (notice_id) WHERE notice_id IS NOT NULL",
        "ALTER TABLE publication ADD COLUMN withdrawal_id INTEGER REFERENCES withdrawal (id)",
        "CREATE INDEX publication_out ON publication (published_at) WHERE state = 'out'",
        """
        CREATE TABLE drill (
            id INTEGER PRIMARY KEY,
            seed TEXT NOT NULL,
            at TEXT NOT NULL,
            exam_count INTEGER NOT NULL,
            failed_count INTEGER NOT NULL,
            byte_count INTEGER NOT NULL,
            report TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE drill_exam (
            drill_id INTEGER NOT NULL REFERENCES drill (id),
            position INTEGER NOT NULL,
            study_id INTEGER NOT NULL REFERENCES study (id),
            reason TEXT,
            PRIMARY KEY (drill_id, position)
        ) STRICT
        """,
        "CREATE INDEX drill_exam_study ON drill_exam (study_id)",
    ]
}
