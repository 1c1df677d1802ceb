// What the nightly run of invoices goes by, so that it reads what is new and not what was closed long ago.
//
// `account`: the months from `closed_from` up to `closed_to` are closed without a gap; `billed_head` is the newest event of
// the ledger at any of its closings. `book_reader` says up to which document an office has the books. All of it follows from
// facts, and can be made anew from them.

internal import GRDB

enum SchemaVersion16 {
    static let statements = [
        "ALTER TABLE account ADD COLUMN closed_from TEXT",
        "ALTER TABLE account ADD COLUMN closed_to TEXT",
        "ALTER TABLE account ADD COLUMN billed_head INTEGER NOT NULL DEFAULT 0",
        "CREATE INDEX invoice_month ON invoice (month)",
        """
        CREATE TABLE book_reader (
            office TEXT NOT NULL PRIMARY KEY,
            invoice_id INTEGER NOT NULL
        ) STRICT
        """,
    ]

    static func fill(_ database: Database) throws { try ClosedMonths.remake(database) }
}
