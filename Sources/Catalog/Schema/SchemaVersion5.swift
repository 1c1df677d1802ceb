// The tables of reports, of the office's orders of hold and deletion, and of what was withdrawn.
//
// All are facts. A report that waits for its exam is decided once. `exam_deletion` is an intent until `done_at`: the packs
// that it lists leave every tier, then it is done; `study.deleted_at` marks the tombstone. A hold is the newest row of its exam.

enum SchemaVersion5 {
    static let statements = [
        """
        CREATE TABLE report (
            id INTEGER PRIMARY KEY,
            drop_id INTEGER NOT NULL REFERENCES intake (id),
            position INTEGER NOT NULL,
            party TEXT NOT NULL,
            digest BLOB NOT NULL CHECK (length(digest) = 32),
            content BLOB NOT NULL CHECK (length(content) = 32),
            facility TEXT NOT NULL,
            accession_number TEXT NOT NULL,
            study_uid TEXT NOT NULL,
            study_id INTEGER REFERENCES study (id),
            form TEXT NOT NULL,
            author TEXT NOT NULL,
            report_status TEXT NOT NULL CHECK (report_status IN ('preliminary', 'final', 'amended', 'cancelled')),
            purpose TEXT,
            text TEXT,
            supersedes BLOB,
            version INTEGER NOT NULL CHECK (version > 0),
            state TEXT NOT NULL CHECK (state IN ('accepted', 'waiting', 'refused', 'deleted')),
            reason TEXT,
            files TEXT NOT NULL,
            tier TEXT NOT NULL REFERENCES tier (name),
            byte_count INTEGER NOT NULL CHECK (byte_count > 0),
            tar_sha256 BLOB NOT NULL CHECK (length(tar_sha256) = 32),
            received_at TEXT NOT NULL,
            UNIQUE (drop_id, position)
        ) STRICT
        """,
        "CREATE INDEX report_study ON report (study_id) WHERE study_id IS NOT NULL",
        "CREATE INDEX report_digest ON report (digest)",
        "CREATE INDEX report_waiting ON report (state) WHERE state = 'waiting'",
        """
        CREATE TABLE exam_hold (
            id INTEGER PRIMARY KEY,
            study_id INTEGER NOT NULL REFERENCES study (id),
            is_on INTEGER NOT NULL CHECK (is_on IN (0, 1)),
            party TEXT NOT NULL,
            order_name TEXT NOT NULL,
            drop_id INTEGER REFERENCES intake (id),
            reason TEXT,
            at TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX exam_hold_study ON exam_hold (study_id)",
        """
        CREATE TABLE exam_deletion (
            id INTEGER PRIMARY KEY,
            study_id INTEGER NOT NULL REFERENCES study (id),
            party TEXT NOT NULL,
            order_name TEXT NOT NULL,
            drop_id INTEGER REFERENCES intake (id),
            reason TEXT,
            asked_at TEXT NOT NULL,
            done_at TEXT,
            pack_count INTEGER NOT NULL,
            instance_count INTEGER NOT NULL,
            byte_count INTEGER NOT NULL,
            report_count INTEGER NOT NULL
        ) STRICT
        """,
        "CREATE INDEX exam_deletion_due ON exam_deletion (id) WHERE done_at IS NULL",
        """
        CREATE TABLE exam_deletion_file (
            deletion_id INTEGER NOT NULL REFERENCES exam_deletion (id),
            position INTEGER NOT NULL,
            what TEXT NOT NULL CHECK (what IN ('pack', 'report')),
            facility TEXT NOT NULL,
            study_uid TEXT NOT NULL,
            series_uid TEXT NOT NULL,
            digest BLOB NOT NULL CHECK (length(digest) = 32),
            tier TEXT NOT NULL,
            byte_count INTEGER NOT NULL,
            is_removed INTEGER NOT NULL DEFAULT 0 CHECK (is_removed IN (0, 1)),
            PRIMARY KEY (deletion_id, position)
        ) STRICT
        """,
        "ALTER TABLE study ADD COLUMN deleted_at TEXT",
        """
        CREATE TABLE withdrawal (
            id INTEGER PRIMARY KEY,
            party TEXT NOT NULL,
            kind TEXT NOT NULL,
            subject TEXT NOT NULL,
            names TEXT NOT NULL,
            why TEXT NOT NULL,
            at TEXT NOT NULL,
            UNIQUE (party, kind, subject)
        ) STRICT
        """,
        """
        CREATE TABLE receipt_withdrawal (
            drop_id INTEGER NOT NULL PRIMARY KEY REFERENCES intake (id),
            at TEXT NOT NULL
        ) STRICT
        """,
    ]
}
