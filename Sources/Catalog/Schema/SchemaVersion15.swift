// The table of referrals: each word of a facility that another one may ask for an exam of its own, or may no longer. The
// newest one about an exam and a facility counts.
//
// All are facts: written once, never changed.

enum SchemaVersion15 {
    static let statements = [
        """
        CREATE TABLE exam_referral (
            id INTEGER PRIMARY KEY,
            study_id INTEGER NOT NULL REFERENCES study (id),
            drop_id INTEGER NOT NULL REFERENCES intake (id),
            position INTEGER NOT NULL,
            recipient TEXT NOT NULL,
            purposes TEXT NOT NULL,
            is_on INTEGER NOT NULL CHECK (is_on IN (0, 1)),
            reason TEXT,
            referred_at TEXT NOT NULL,
            UNIQUE (drop_id, position)
        ) STRICT
        """,
        "CREATE INDEX exam_referral_recipient ON exam_referral (recipient, study_id)",
        "CREATE INDEX exam_referral_study ON exam_referral (study_id)",
    ]
}
