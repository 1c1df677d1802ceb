// The tables of who was given which report, and of the changed reports that are owed to those who were given the former
// version.
//
// All are facts: written once, never changed.

enum SchemaVersion14 {
    static let statements = [
        """
        CREATE TABLE report_copy (
            id INTEGER PRIMARY KEY,
            report_id INTEGER NOT NULL REFERENCES report (id),
            grant_id INTEGER NOT NULL REFERENCES lending_grant (id),
            party TEXT NOT NULL,
            given_at TEXT NOT NULL,
            UNIQUE (report_id, grant_id)
        ) STRICT
        """,
        // What was given before this table: reports are numbered by their arrival in the exam.
        """
        INSERT INTO report_copy (report_id, grant_id, party, given_at)
        SELECT numbered.id, release.grant_id, release.party, MIN(release.released_at)
        FROM (SELECT id, study_id, ROW_NUMBER() OVER (PARTITION BY study_id ORDER BY id) AS number
            FROM report WHERE state = 'accepted') AS numbered
        JOIN release ON release.study_id = numbered.study_id
        JOIN release_file ON release_file.release_id = release.id
            AND release_file.path = 'reports/report-' || numbered.number || '.json'
        GROUP BY numbered.id, release.grant_id, release.party
        """,
        // Without a grant it is told to its party and not given.
        """
        CREATE TABLE report_change (
            id INTEGER PRIMARY KEY,
            report_id INTEGER NOT NULL REFERENCES report (id),
            party TEXT NOT NULL,
            grant_id INTEGER REFERENCES lending_grant (id),
            changed_at TEXT NOT NULL,
            UNIQUE (report_id, party)
        ) STRICT
        """,
    ]
}
