// The tables of deletions: each order that was carried out, what it took out of the catalogue, and which files it leaves to
// be removed from the archive.
//
// `exam_deletion` and `exam_deletion_instance` are facts: written once, never changed, but for when the last file was gone.
// `exam_deletion_file` is work while its state is `pending`. A study whose images were deleted keeps its row, with
// `deleted_at`, until something of it is stored again. `row_limit` keeps numbers of deleted rows from being given again.

enum SchemaVersion10 {
    static let statements = [
        "ALTER TABLE study ADD COLUMN deleted_at TEXT",
        """
        CREATE TABLE exam_deletion (
            id INTEGER PRIMARY KEY,
            study_id INTEGER NOT NULL REFERENCES study (id),
            drop_id INTEGER NOT NULL REFERENCES intake (id),
            position INTEGER NOT NULL,
            party TEXT NOT NULL,
            name TEXT NOT NULL,
            reason TEXT,
            last_stored_at TEXT NOT NULL,
            retention TEXT NOT NULL,
            kept_until TEXT NOT NULL,
            deleted_at TEXT NOT NULL,
            instance_limit INTEGER NOT NULL,
            instance_count INTEGER NOT NULL,
            report_count INTEGER NOT NULL,
            byte_count INTEGER NOT NULL,
            removed_at TEXT,
            UNIQUE (drop_id, position)
        ) STRICT
        """,
        "CREATE INDEX exam_deletion_study ON exam_deletion (study_id)",
        """
        CREATE TABLE exam_deletion_file (
            id INTEGER PRIMARY KEY,
            deletion_id INTEGER NOT NULL REFERENCES exam_deletion (id),
            kind TEXT NOT NULL CHECK (kind IN ('pack', 'report')),
            party TEXT NOT NULL,
            study_uid TEXT NOT NULL,
            series_uid TEXT NOT NULL,
            digest BLOB NOT NULL CHECK (length(digest) = 32),
            tier TEXT NOT NULL,
            byte_count INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('pending', 'removed', 'kept'))
        ) STRICT
        """,
        "CREATE INDEX exam_deletion_file_of ON exam_deletion_file (deletion_id)",
        "CREATE INDEX exam_deletion_file_pending ON exam_deletion_file (digest) WHERE state = 'pending'",
        """
        CREATE TABLE exam_deletion_instance (
            id INTEGER PRIMARY KEY,
            deletion_id INTEGER NOT NULL REFERENCES exam_deletion (id),
            instance_id INTEGER,
            modality TEXT NOT NULL,
            sop_uid TEXT NOT NULL,
            is_primary INTEGER NOT NULL CHECK (is_primary IN (0, 1)),
            byte_count INTEGER NOT NULL,
            sha256 BLOB NOT NULL CHECK (length(sha256) = 32)
        ) STRICT
        """,
        "CREATE INDEX exam_deletion_instance_of ON exam_deletion_instance (deletion_id)",
        "CREATE INDEX exam_deletion_instance_row ON exam_deletion_instance (instance_id) WHERE instance_id IS NOT NULL",
        """
        CREATE TABLE row_limit (
            table_name TEXT NOT NULL PRIMARY KEY,
            last_id INTEGER NOT NULL
        ) STRICT
        """,
    ]
}
