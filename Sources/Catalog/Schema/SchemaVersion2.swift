// The tables of reading: what readers are asked, what they answered, what became of it, and what lies where for whom.
//
// Assignments, diagnoses, notices and determinations are facts: written once, never changed. `exam_change` and
// `publication` are work: what has to be looked at, and what has to lie in an outbound folder.

enum SchemaVersion2 {
    static let statements = [
        """
        CREATE TABLE exam_change (
            study_id INTEGER NOT NULL REFERENCES study (id),
            what TEXT NOT NULL CHECK (what IN ('images', 'reads', 'result')),
            changed_at TEXT NOT NULL,
            revision INTEGER NOT NULL,
            is_declared_whole INTEGER NOT NULL DEFAULT 0 CHECK (is_declared_whole IN (0, 1)),
            PRIMARY KEY (study_id, what)
        ) STRICT
        """,
        "INSERT INTO exam_change (study_id, what, changed_at, revision) SELECT id, 'images', last_stored_at, 0 FROM study",
        """
        CREATE TABLE packet (
            id INTEGER PRIMARY KEY,
            study_id INTEGER NOT NULL REFERENCES study (id),
            version INTEGER NOT NULL CHECK (version > 0),
            protocol TEXT NOT NULL,
            made_at TEXT NOT NULL,
            instance_limit INTEGER NOT NULL,
            instance_count INTEGER NOT NULL,
            UNIQUE (study_id, version)
        ) STRICT
        """,
        """
        CREATE TABLE packet_prior (
            packet_id INTEGER NOT NULL REFERENCES packet (id),
            study_id INTEGER NOT NULL REFERENCES study (id),
            instance_limit INTEGER NOT NULL,
            PRIMARY KEY (packet_id, study_id)
        ) STRICT
        """,
        """
        CREATE TABLE assignment (
            id INTEGER PRIMARY KEY,
            study_id INTEGER NOT NULL REFERENCES study (id),
            reader TEXT NOT NULL,
            round INTEGER NOT NULL CHECK (round > 0),
            protocol TEXT NOT NULL,
            origin TEXT NOT NULL CHECK (origin IN ('protocol', 'office', 'request', 'arbiter')),
            sees_reads INTEGER NOT NULL CHECK (sees_reads IN (0, 1)),
            assigned_at TEXT NOT NULL,
            drop_id INTEGER REFERENCES intake (id),
            UNIQUE (study_id, reader, round)
        ) STRICT
        """,
        "CREATE INDEX assignment_reader ON assignment (reader)",
        """
        CREATE TABLE diagnosis (
            id INTEGER PRIMARY KEY,
            drop_id INTEGER NOT NULL REFERENCES intake (id),
            position INTEGER NOT NULL,
            reader TEXT NOT NULL,
            facility TEXT NOT NULL,
            accession_number TEXT NOT NULL,
            study_uid TEXT NOT NULL,
            study_id INTEGER REFERENCES study (id),
            round INTEGER NOT NULL,
            packet_version INTEGER,
            label TEXT,
            confidence REAL,
            findings TEXT NOT NULL,
            text TEXT,
            read_at TEXT NOT NULL,
            read_seconds INTEGER NOT NULL,
            retracts BLOB,
            digest BLOB NOT NULL CHECK (length(digest) = 32),
            status TEXT NOT NULL CHECK (status IN ('sealed', 'waiting', 'duplicate', 'replaced', 'refused')),
            reason TEXT,
            was_blind INTEGER NOT NULL CHECK (was_blind IN (0, 1)),
            sealed_at TEXT NOT NULL,
            seal_order INTEGER,
            UNIQUE (drop_id, position)
        ) STRICT
        """,
        "CREATE INDEX diagnosis_study ON diagnosis (study_id)",
        "CREATE UNIQUE INDEX diagnosis_seal ON diagnosis (seal_order) WHERE seal_order IS NOT NULL",
        "CREATE INDEX diagnosis_digest ON diagnosis (digest)",
        "CREATE INDEX diagnosis_waiting ON diagnosis (status) WHERE status = 'waiting'",
        """
        CREATE TABLE notice (
            id INTEGER PRIMARY KEY,
            study_id INTEGER NOT NULL REFERENCES study (id),
            name TEXT NOT NULL,
            count INTEGER NOT NULL,
            total INTEGER NOT NULL,
            at TEXT NOT NULL,
            UNIQUE (study_id, name)
        ) STRICT
        """,
        """
        CREATE TABLE determination (
            id INTEGER PRIMARY KEY,
            study_id INTEGER NOT NULL REFERENCES study (id),
            version INTEGER NOT NULL CHECK (version > 0),
            status TEXT NOT NULL CHECK (status IN ('determined', 'escalated', 'undetermined', 'technicalRecall')),
            label TEXT,
            rule_version TEXT NOT NULL,
            inputs BLOB NOT NULL,
            determined_at TEXT NOT NULL,
            content TEXT NOT NULL,
            UNIQUE (study_id, version)
        ) STRICT
        """,
        """
        CREATE TABLE publication (
            id INTEGER PRIMARY KEY,
            party TEXT NOT NULL,
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            subject TEXT NOT NULL CHECK (subject IN ('packet', 'notice', 'result')),
            subject_id INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('due', 'out', 'acknowledged', 'withdrawn')),
            asked_at TEXT NOT NULL,
            revision INTEGER NOT NULL DEFAULT 1,
            published_at TEXT,
            sha256 BLOB,
            attempt INTEGER NOT NULL DEFAULT 0,
            not_before INTEGER NOT NULL DEFAULT 0,
            first_failed_at INTEGER,
            last_error TEXT,
            owner TEXT,
            lease_until INTEGER,
            UNIQUE (party, kind, name)
        ) STRICT
        """,
        "CREATE INDEX publication_due ON publication (state) WHERE state = 'due'",
        """
        CREATE TABLE drop_item (
            drop_id INTEGER NOT NULL REFERENCES intake (id),
            position INTEGER NOT NULL,
            name TEXT,
            status TEXT NOT NULL CHECK (status IN ('accepted', 'waiting', 'duplicate', 'refused')),
            reason TEXT,
            party TEXT NOT NULL,
            sha256 BLOB NOT NULL,
            PRIMARY KEY (drop_id, position)
        ) STRICT
        """,
        "CREATE INDEX drop_item_name ON drop_item (party, name) WHERE name IS NOT NULL",
        """
        CREATE TABLE drop_content (
            drop_id INTEGER NOT NULL PRIMARY KEY REFERENCES intake (id),
            content BLOB NOT NULL
        ) STRICT
        """,
    ]
}
