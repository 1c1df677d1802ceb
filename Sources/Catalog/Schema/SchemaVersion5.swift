// The table of reports: what parties wrote about exams, each a fact. One that waits for its exam is decided once.

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
            state TEXT NOT NULL CHECK (state IN ('accepted', 'waiting', 'refused')),
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
    ]
}
