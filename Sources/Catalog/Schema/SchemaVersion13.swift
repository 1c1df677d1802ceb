// The table of what chart systems are told of results: for each version and each of its recipients all that the encodings
// are made from, as it was when the result was determined.
//
// All are facts: written once, never changed. Results that were determined before this table was there have no row.

enum SchemaVersion13 {
    static let statements = [
        """
        CREATE TABLE chart_result (
            id INTEGER PRIMARY KEY,
            determination_id INTEGER NOT NULL REFERENCES determination (id),
            party TEXT NOT NULL,
            content TEXT NOT NULL,
            UNIQUE (determination_id, party)
        ) STRICT
        """
    ]
}
