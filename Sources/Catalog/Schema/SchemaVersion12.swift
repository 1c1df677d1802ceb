// The tables of liaison: what charts say of a facility's patients, and which entries and exams belong together.
//
// Versions of entries, merges, links and requests are facts: written once; a link that holds no more is ended, and says why.
// `chart_patient` has what is known of a patient now; a patient who was merged leads to the one who stays. `chart_number`
// finds the entries that name an exam, by facility. `liaison_due` is work: what has to be looked at.

enum SchemaVersion12 {
    static let statements = charts + links

    private static let charts = [
        """
        CREATE TABLE chart_patient (
            id INTEGER PRIMARY KEY,
            party_id INTEGER NOT NULL REFERENCES party (id),
            patient_id TEXT NOT NULL CHECK (patient_id <> ''),
            issuer TEXT NOT NULL,
            name TEXT,
            birth_date TEXT,
            sex TEXT,
            content BLOB,
            into_id INTEGER REFERENCES chart_patient (id),
            drop_id INTEGER NOT NULL REFERENCES intake (id),
            UNIQUE (party_id, patient_id, issuer)
        ) STRICT
        """,
        "CREATE INDEX chart_patient_into ON chart_patient (into_id) WHERE into_id IS NOT NULL",
        """
        CREATE TABLE chart_entry (
            id INTEGER PRIMARY KEY,
            patient_row INTEGER NOT NULL REFERENCES chart_patient (id),
            name TEXT NOT NULL,
            version INTEGER NOT NULL CHECK (version > 0),
            is_current INTEGER NOT NULL CHECK (is_current IN (0, 1)),
            kind TEXT NOT NULL,
            encounter TEXT,
            time TEXT,
            title TEXT,
            text TEXT,
            status TEXT,
            numbers TEXT NOT NULL,
            content BLOB NOT NULL CHECK (length(content) = 32),
            drop_id INTEGER NOT NULL REFERENCES intake (id),
            position INTEGER NOT NULL,
            noted_at TEXT NOT NULL,
            UNIQUE (patient_row, name, version)
        ) STRICT
        """,
        "CREATE INDEX chart_entry_drop ON chart_entry (drop_id)",
        """
        CREATE TABLE chart_number (
            party_id INTEGER NOT NULL REFERENCES party (id),
            value TEXT NOT NULL,
            entry_id INTEGER NOT NULL REFERENCES chart_entry (id),
            PRIMARY KEY (party_id, value, entry_id)
        ) STRICT
        """,
        """
        CREATE TABLE chart_merge (
            id INTEGER PRIMARY KEY,
            from_id INTEGER NOT NULL REFERENCES chart_patient (id),
            into_id INTEGER NOT NULL REFERENCES chart_patient (id),
            drop_id INTEGER NOT NULL REFERENCES intake (id),
            position INTEGER NOT NULL,
            merged_at TEXT NOT NULL,
            UNIQUE (drop_id, position, from_id)
        ) STRICT
        """,
    ]

    private static let links = [
        """
        CREATE TABLE chart_link (
            id INTEGER PRIMARY KEY,
            patient_row INTEGER NOT NULL REFERENCES chart_patient (id),
            entry_id INTEGER NOT NULL REFERENCES chart_entry (id),
            study_id INTEGER NOT NULL REFERENCES study (id),
            basis TEXT NOT NULL,
            certainty TEXT NOT NULL CHECK (certainty IN ('exact', 'probable', 'possible')),
            conflict TEXT,
            since TEXT NOT NULL,
            ended_at TEXT,
            ended_because TEXT
        ) STRICT
        """,
        "CREATE UNIQUE INDEX chart_link_now ON chart_link (entry_id, study_id) WHERE ended_at IS NULL",
        "CREATE INDEX chart_link_study ON chart_link (study_id)",
        "CREATE INDEX chart_link_patient ON chart_link (patient_row) WHERE ended_at IS NULL",
        """
        CREATE TABLE chart_request (
            request_id INTEGER NOT NULL PRIMARY KEY REFERENCES request (id),
            patient_row INTEGER NOT NULL REFERENCES chart_patient (id),
            drop_id INTEGER NOT NULL REFERENCES intake (id),
            number INTEGER NOT NULL,
            UNIQUE (drop_id, number)
        ) STRICT
        """,
        """
        CREATE TABLE liaison_due (
            subject TEXT NOT NULL CHECK (subject IN ('patient', 'exam', 'page', 'request')),
            subject_id INTEGER NOT NULL,
            revision INTEGER NOT NULL,
            noted_at TEXT NOT NULL,
            PRIMARY KEY (subject, subject_id)
        ) STRICT
        """,
    ]
}
