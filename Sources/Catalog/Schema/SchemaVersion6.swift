// The tables of accounts: the usage ledger, its sums by day, and the documents that were issued over it.
//
// `usage_event`, `billing_close`, `invoice`, `invoice_line` and `billed_storage` are facts: written once, never changed.
// Each event's digest is taken over the digest before it and the event, each invoice's over the number before it.
// `storage_day`, `fee_day` and `storage_balance` are sums of `usage_event`, kept as it grows, so that a month is rated
// without reading it. A moment is bytes × seconds since the day began, in two parts: high × 2^24 + low.

internal import GRDB

enum SchemaVersion6 {
    static let statements = ledger + sums + documents

    private static let ledger = [
        """
        CREATE TABLE account (
            party_id INTEGER NOT NULL PRIMARY KEY REFERENCES party (id),
            time_zone TEXT NOT NULL,
            closed_until INTEGER NOT NULL DEFAULT 0
        ) STRICT
        """,
        """
        CREATE TABLE fee (
            id INTEGER PRIMARY KEY,
            purpose TEXT NOT NULL,
            unit_price TEXT NOT NULL,
            currency TEXT NOT NULL,
            description TEXT NOT NULL,
            explanation TEXT NOT NULL,
            UNIQUE (purpose, unit_price, currency, explanation)
        ) STRICT
        """,
        """
        CREATE TABLE usage_event (
            id INTEGER PRIMARY KEY,
            act TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL CHECK (kind IN ('stored', 'demoted', 'recalled', 'deleted', 'delivered', 'read')),
            party_id INTEGER NOT NULL REFERENCES party (id),
            at_seconds INTEGER NOT NULL,
            exam TEXT,
            cause TEXT NOT NULL,
            tier TEXT,
            from_tier TEXT,
            byte_count INTEGER,
            since_seconds INTEGER,
            fee_id INTEGER REFERENCES fee (id),
            metered INTEGER,
            waived INTEGER,
            digest BLOB NOT NULL CHECK (length(digest) = 32)
        ) STRICT
        """,
        "CREATE INDEX usage_party ON usage_event (party_id, at_seconds)",
        "CREATE INDEX usage_exam ON usage_event (exam) WHERE exam IS NOT NULL",
        "CREATE INDEX usage_deleted ON usage_event (party_id, at_seconds) WHERE kind = 'deleted'",
        """
        CREATE TABLE late_usage (
            event_id INTEGER NOT NULL PRIMARY KEY REFERENCES usage_event (id),
            party_id INTEGER NOT NULL REFERENCES party (id),
            month TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX late_usage_party ON late_usage (party_id, event_id)",
    ]

    private static let sums = [
        """
        CREATE TABLE storage_day (
            party_id INTEGER NOT NULL REFERENCES party (id),
            tier TEXT NOT NULL,
            day INTEGER NOT NULL,
            byte_delta INTEGER NOT NULL,
            moment_high INTEGER NOT NULL,
            moment_low INTEGER NOT NULL,
            event_count INTEGER NOT NULL,
            PRIMARY KEY (party_id, tier, day)
        ) STRICT
        """,
        """
        CREATE TABLE storage_balance (
            party_id INTEGER NOT NULL REFERENCES party (id),
            tier TEXT NOT NULL,
            byte_count INTEGER NOT NULL,
            PRIMARY KEY (party_id, tier)
        ) STRICT
        """,
        """
        CREATE TABLE fee_day (
            party_id INTEGER NOT NULL REFERENCES party (id),
            day INTEGER NOT NULL,
            fee_id INTEGER NOT NULL REFERENCES fee (id),
            event_count INTEGER NOT NULL,
            waived_count INTEGER NOT NULL,
            metered INTEGER NOT NULL,
            waived INTEGER NOT NULL,
            PRIMARY KEY (party_id, day, fee_id)
        ) STRICT
        """,
    ]

    private static let documents = [
        """
        CREATE TABLE invoice (
            id INTEGER PRIMARY KEY,
            number TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL CHECK (kind IN ('invoice', 'creditNote', 'debitNote')),
            party_id INTEGER NOT NULL REFERENCES party (id),
            month TEXT NOT NULL,
            issued_at TEXT NOT NULL,
            currency TEXT NOT NULL,
            net INTEGER NOT NULL,
            tax INTEGER NOT NULL,
            total INTEGER NOT NULL,
            credits INTEGER REFERENCES invoice (id),
            cause TEXT,
            ledger_from INTEGER NOT NULL,
            ledger_head INTEGER NOT NULL,
            digest BLOB NOT NULL CHECK (length(digest) = 32),
            content BLOB NOT NULL,
            document BLOB NOT NULL
        ) STRICT
        """,
        "CREATE INDEX invoice_party ON invoice (party_id, month)",
        "CREATE INDEX invoice_credits ON invoice (credits) WHERE credits IS NOT NULL",
        """
        CREATE TABLE invoice_line (
            invoice_id INTEGER NOT NULL REFERENCES invoice (id),
            number INTEGER NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('storage', 'rent', 'dataFee', 'minimum', 'late', 'adjustment')),
            amount INTEGER NOT NULL,
            credits INTEGER,
            source TEXT NOT NULL,
            from_seconds INTEGER NOT NULL,
            to_seconds INTEGER NOT NULL,
            PRIMARY KEY (invoice_id, number)
        ) STRICT
        """,
        """
        CREATE TABLE billing_close (
            party_id INTEGER NOT NULL REFERENCES party (id),
            month TEXT NOT NULL,
            closed_at TEXT NOT NULL,
            ledger_head INTEGER NOT NULL,
            invoice_id INTEGER REFERENCES invoice (id),
            PRIMARY KEY (party_id, month)
        ) STRICT
        """,
        """
        CREATE TABLE billed_storage (
            id INTEGER PRIMARY KEY,
            party_id INTEGER NOT NULL REFERENCES party (id),
            month TEXT NOT NULL,
            tier TEXT NOT NULL,
            from_day INTEGER NOT NULL,
            to_day INTEGER NOT NULL,
            byte_seconds TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX billed_storage_month ON billed_storage (party_id, month)",
        """
        CREATE TABLE invoice_draft (
            id INTEGER PRIMARY KEY,
            party_id INTEGER NOT NULL REFERENCES party (id),
            month TEXT NOT NULL,
            made_at TEXT NOT NULL,
            content BLOB NOT NULL,
            UNIQUE (party_id, month)
        ) STRICT
        """,
    ]

    /// What happened before there was a ledger is metered from what the catalogue says of it.
    static func fill(_ database: Database) throws { try UsageHistory(database: database).meter() }
}
