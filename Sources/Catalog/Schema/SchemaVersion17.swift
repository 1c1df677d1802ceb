// The table of when rights end by which a liaison page shows images, so that the page is made anew without them.
//
// Work: a row goes when its page is due. Pages that were made before this table are made anew once.

enum SchemaVersion17 {
    static let statements = [
        """
        CREATE TABLE liaison_end (
            patient_row INTEGER NOT NULL PRIMARY KEY REFERENCES chart_patient (id),
            ends_seconds INTEGER NOT NULL
        ) STRICT
        """,
        "CREATE INDEX liaison_end_order ON liaison_end (ends_seconds)",
        """
        INSERT INTO liaison_end (patient_row, ends_seconds)
        SELECT patient_row, 0 FROM chart_entry UNION SELECT patient_row, 0 FROM chart_link
        """,
    ]
}
