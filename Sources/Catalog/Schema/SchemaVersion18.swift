// What the page of the management office goes by, so that it costs the same however long a site has run: which drops came
// when, by party; and which readings are open.
//
// Each row of `open_reading` is an assignment of a living exam that has no answer that counts. All of it follows from facts,
// and can be made anew from them.

internal import GRDB

enum SchemaVersion18 {
    static let statements = [
        """
        CREATE INDEX intake_heard ON intake (party, received_at, kind, status, byte_count, released_from)
            WHERE received_at IS NOT NULL AND released_from IS NULL AND kind <> 'acks'
        """,
        """
        CREATE TABLE open_reading (
            study_id INTEGER NOT NULL REFERENCES study (id),
            reader TEXT NOT NULL,
            round INTEGER NOT NULL,
            assigned_at TEXT NOT NULL,
            PRIMARY KEY (study_id, reader, round)
        ) STRICT
        """,
        "CREATE INDEX open_reading_reader ON open_reading (reader, assigned_at)",
    ]

    static func fill(_ database: Database) throws { try OpenReadings.remake(database) }
}
