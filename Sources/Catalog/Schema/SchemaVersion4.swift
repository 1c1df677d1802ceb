// The tables of lending: who asked for which exams, what was decided, and what was given.
//
// All are facts: written once, never changed. `request_exam` pins the exams that a request is about when it is taken in;
// `lending_grant` and `denial` are the decisions, `release` is what a party was given because of a grant. The decisions of
// a large request come after it, a batch at a time; a release has another version only when what was made again is not
// what was given before.
//
// What a publication is of is for the program to know: the table is made anew without a list of subjects.

enum SchemaVersion4 {
    static let statements =
        [
            """
            CREATE TABLE request (
                id INTEGER PRIMARY KEY,
                drop_id INTEGER NOT NULL REFERENCES intake (id),
                position INTEGER NOT NULL,
                party TEXT NOT NULL,
                name TEXT NOT NULL,
                purpose TEXT NOT NULL,
                prefer TEXT NOT NULL CHECK (prefer IN ('reduce', 'refuse')),
                format TEXT NOT NULL CHECK (format IN ('folder', 'zip', 'tar')),
                dicomdir INTEGER NOT NULL CHECK (dicomdir IN (0, 1)),
                want TEXT NOT NULL,
                asked_at TEXT NOT NULL,
                exam_count INTEGER NOT NULL CHECK (exam_count >= 0),
                UNIQUE (party, name)
            ) STRICT
            """,
            """
            CREATE TABLE request_exam (
                request_id INTEGER NOT NULL REFERENCES request (id),
                position INTEGER NOT NULL,
                exam_key TEXT NOT NULL,
                study_id INTEGER REFERENCES study (id),
                PRIMARY KEY (request_id, position)
            ) STRICT
            """,
            "CREATE INDEX request_exam_study ON request_exam (study_id) WHERE study_id IS NOT NULL",
            """
            CREATE TABLE lending_grant (
                id INTEGER PRIMARY KEY,
                request_id INTEGER NOT NULL REFERENCES request (id),
                position INTEGER NOT NULL,
                study_id INTEGER NOT NULL REFERENCES study (id),
                party TEXT NOT NULL,
                purpose TEXT NOT NULL,
                granted TEXT NOT NULL,
                reduced_from TEXT,
                policy_version TEXT NOT NULL,
                instance_limit INTEGER NOT NULL,
                decided_at TEXT NOT NULL,
                decided_seconds INTEGER NOT NULL,
                UNIQUE (request_id, position)
            ) STRICT
            """,
            "CREATE INDEX lending_grant_quota ON lending_grant (party, purpose, decided_seconds)",
            "CREATE INDEX lending_grant_study ON lending_grant (study_id)",
            """
            CREATE TABLE denial (
                id INTEGER PRIMARY KEY,
                request_id INTEGER NOT NULL REFERENCES request (id),
                position INTEGER NOT NULL,
                reason TEXT NOT NULL,
                message TEXT NOT NULL,
                would_be_allowed TEXT,
                policy_version TEXT NOT NULL,
                decided_at TEXT NOT NULL,
                UNIQUE (request_id, position)
            ) STRICT
            """,
            """
            CREATE TABLE release (
                id INTEGER PRIMARY KEY,
                grant_id INTEGER NOT NULL REFERENCES lending_grant (id),
                version INTEGER NOT NULL CHECK (version > 0),
                study_id INTEGER NOT NULL REFERENCES study (id),
                party TEXT NOT NULL,
                purpose TEXT NOT NULL,
                request TEXT NOT NULL,
                pixel_density TEXT NOT NULL,
                image_processing INTEGER NOT NULL CHECK (image_processing IN (0, 1)),
                reports INTEGER NOT NULL CHECK (reports IN (0, 1)),
                report_input INTEGER NOT NULL CHECK (report_input IN (0, 1)),
                deidentified INTEGER NOT NULL CHECK (deidentified IN (0, 1)),
                policy_version TEXT NOT NULL,
                released_at TEXT NOT NULL,
                released_seconds INTEGER NOT NULL,
                until_seconds INTEGER,
                file_count INTEGER NOT NULL,
                byte_count INTEGER NOT NULL,
                left_out TEXT NOT NULL,
                charge_event TEXT,
                charge_amount TEXT,
                charge_currency TEXT,
                charge_reason TEXT,
                UNIQUE (grant_id, version)
            ) STRICT
            """,
            "CREATE INDEX release_study ON release (study_id, party, purpose)",
            """
            CREATE TABLE release_file (
                release_id INTEGER NOT NULL REFERENCES release (id),
                position INTEGER NOT NULL,
                path TEXT NOT NULL,
                sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
                byte_count INTEGER NOT NULL,
                sop_uid TEXT,
                source_sha256 BLOB,
                changed TEXT NOT NULL,
                PRIMARY KEY (release_id, position)
            ) STRICT
            """,
        ] + publication

    private static let publication = [
        """
        CREATE TABLE publication_4 (
            id INTEGER PRIMARY KEY,
            party TEXT NOT NULL,
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            subject TEXT NOT NULL,
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
        """
        INSERT INTO publication_4 (id, party, kind, name, subject, subject_id, state, asked_at, revision, published_at,
            sha256, attempt, not_before, first_failed_at, last_error, owner, lease_until)
        SELECT id, party, kind, name, subject, subject_id, state, asked_at, revision, published_at,
            sha256, attempt, not_before, first_failed_at, last_error, owner, lease_until FROM publication
        """,
        "DROP TABLE publication",
        "ALTER TABLE publication_4 RENAME TO publication",
        "CREATE INDEX publication_due ON publication (state) WHERE state = 'due'",
    ]
}
