// The tables of the first version: parties, exams, packs, drops, work and the ledger.
//
// Everything that a party owns hangs on its `party` row; no unique index spans two parties.
// `instance.sop_key` is a 64-bit hash (see `InstanceKey`) that keeps the instances of a series together in the
// index: an index over the UIDs' text costs several times as much. `drop_file.id` is drop × 2^24 + position, so
// that a drop's files lie together in the table itself.

enum SchemaVersion1 {
    static let statements = [
        """
        CREATE TABLE party (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 32),
            generation INTEGER NOT NULL DEFAULT 0
        ) STRICT
        """,
        """
        CREATE TABLE tier (
            name TEXT NOT NULL PRIMARY KEY,
            path TEXT NOT NULL,
            marked_at TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE patient (
            id INTEGER PRIMARY KEY,
            party_id INTEGER NOT NULL REFERENCES party (id),
            patient_id TEXT NOT NULL,
            issuer TEXT NOT NULL,
            attributes TEXT NOT NULL
        ) STRICT
        """,
        "CREATE UNIQUE INDEX patient_identity ON patient (party_id, patient_id, issuer) WHERE patient_id <> ''",
        """
        CREATE TABLE study (
            id INTEGER PRIMARY KEY,
            party_id INTEGER NOT NULL REFERENCES party (id),
            patient_row INTEGER NOT NULL REFERENCES patient (id),
            exam_key TEXT NOT NULL UNIQUE,
            study_uid TEXT NOT NULL,
            accession_number TEXT NOT NULL,
            study_date TEXT NOT NULL,
            attributes TEXT NOT NULL,
            first_stored_at TEXT NOT NULL,
            last_stored_at TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX study_uid ON study (party_id, study_uid)",
        "CREATE INDEX study_accession ON study (party_id, accession_number)",
        "CREATE INDEX study_date ON study (study_date)",
        "CREATE INDEX study_patient ON study (patient_row)",
        """
        CREATE TABLE series (
            id INTEGER PRIMARY KEY,
            study_id INTEGER NOT NULL REFERENCES study (id),
            series_uid TEXT NOT NULL,
            modality TEXT NOT NULL,
            body_part TEXT NOT NULL,
            attributes TEXT NOT NULL,
            UNIQUE (study_id, series_uid)
        ) STRICT
        """,
        "CREATE INDEX series_modality ON series (modality)",
        """
        CREATE TABLE intake (
            id INTEGER PRIMARY KEY,
            party TEXT NOT NULL,
            kind TEXT NOT NULL,
            name BLOB NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('waiting', 'claimed', 'done', 'held', 'gone')),
            is_folder INTEGER NOT NULL CHECK (is_folder IN (0, 1)),
            signature INTEGER NOT NULL,
            first_seen_at TEXT NOT NULL,
            changed_at TEXT NOT NULL,
            incomplete_at TEXT,
            claim_path TEXT,
            attested INTEGER CHECK (attested IN (0, 1)),
            sha256 BLOB,
            byte_count INTEGER,
            received_at TEXT,
            status TEXT,
            reason TEXT,
            receipt TEXT,
            released_from INTEGER REFERENCES intake (id)
        ) STRICT
        """,
        "CREATE UNIQUE INDEX intake_waiting ON intake (party, kind, name) WHERE state = 'waiting'",
        "CREATE INDEX intake_state ON intake (state) WHERE state <> 'done'",
        "CREATE INDEX intake_digest ON intake (party, kind, sha256)",
        """
        CREATE TABLE pack (
            id INTEGER PRIMARY KEY,
            series_id INTEGER NOT NULL REFERENCES series (id),
            drop_id INTEGER NOT NULL REFERENCES intake (id),
            digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
            tier TEXT NOT NULL REFERENCES tier (name),
            byte_count INTEGER NOT NULL CHECK (byte_count > 0),
            member_count INTEGER NOT NULL CHECK (member_count > 0)
        ) STRICT
        """,
        "CREATE INDEX pack_series ON pack (series_id)",
        """
        CREATE TABLE instance (
            id INTEGER PRIMARY KEY,
            series_id INTEGER NOT NULL REFERENCES series (id),
            pack_id INTEGER NOT NULL REFERENCES pack (id),
            sop_key INTEGER NOT NULL,
            sop_uid TEXT NOT NULL,
            is_primary INTEGER NOT NULL CHECK (is_primary IN (0, 1)),
            pack_offset INTEGER NOT NULL CHECK (pack_offset >= 0),
            byte_count INTEGER NOT NULL CHECK (byte_count > 0),
            sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
            attributes TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX instance_sop ON instance (sop_key)",
        "CREATE INDEX instance_pack ON instance (pack_id)",
        "CREATE INDEX instance_series ON instance (series_id)",
        """
        CREATE TABLE drop_file (
            id INTEGER PRIMARY KEY,
            path TEXT NOT NULL,
            status TEXT NOT NULL
                CHECK (status IN ('stored', 'duplicate', 'conflict', 'ignored', 'damaged', 'refused')),
            reason TEXT,
            instance_id INTEGER,
            byte_count INTEGER,
            sha256 BLOB,
            sop_uid TEXT
        ) STRICT
        """,
        """
        CREATE TABLE event (
            id INTEGER PRIMARY KEY,
            act TEXT NOT NULL UNIQUE,
            at TEXT NOT NULL,
            kind TEXT NOT NULL,
            party TEXT NOT NULL,
            drop_id INTEGER REFERENCES intake (id),
            study_id INTEGER REFERENCES study (id),
            tier TEXT,
            instance_count INTEGER,
            byte_count INTEGER,
            detail TEXT
        ) STRICT
        """,
        "CREATE INDEX event_drop ON event (drop_id) WHERE drop_id IS NOT NULL",
        "CREATE INDEX event_study ON event (study_id) WHERE study_id IS NOT NULL",
        """
        CREATE TABLE work (
            id INTEGER PRIMARY KEY,
            pipeline TEXT NOT NULL,
            stage TEXT NOT NULL,
            drop_id INTEGER NOT NULL REFERENCES intake (id),
            attempt INTEGER NOT NULL DEFAULT 0,
            not_before INTEGER NOT NULL DEFAULT 0,
            first_failed_at INTEGER,
            last_error TEXT,
            owner TEXT,
            lease_until INTEGER,
            UNIQUE (drop_id, stage)
        ) STRICT
        """,
        "CREATE INDEX work_ready ON work (pipeline, stage, not_before)",
    ]
}
