// Referrals: exams for which their facility lets another one ask.
//
// Invariants: a referral is a fact of its drop's transaction, never changed; the newest one about an exam and a facility
// counts.

internal import GRDB

/// A facility's word that another one may ask for an exam, or may no longer.
package struct ReferralOrder: Sendable, Equatable {
    /// Its place in the drop.
    package let position: Int
    package let study: Int64
    /// The party id of the facility that may ask.
    package let recipient: String
    /// Ids of purposes.
    package let purposes: [String]
    /// False takes back what was said before.
    package let isOn: Bool
    package let reason: String?

    package init(
        position: Int, study: Int64, recipient: String, purposes: [String], isOn: Bool, reason: String?
    ) {
        self.position = position
        self.study = study
        self.recipient = recipient
        self.purposes = purposes
        self.isOn = isOn
        self.reason = reason
    }
}

extension Catalog {
    /// Purpose ids have no spaces.
    private static let separator = " "

    /// Takes a referral in, within the transaction of its drop.
    ///
    /// - Throws: `.overtaken` when the exam was deleted meanwhile.
    static func insert(_ database: Database, _ order: ReferralOrder, drop: DropRecord, at: String) throws {
        try requireLiving(database, study: order.study)
        let purposes = order.purposes.joined(separator: separator)
        try database.execute(
            kept: """
                INSERT INTO exam_referral (study_id, drop_id, position, recipient, purposes, is_on, reason, referred_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                order.study, drop.id.number, order.position, order.recipient, purposes, order.isOn, order.reason, at,
            ])
        let detail = [
            "to \(order.recipient)", purposes.isEmpty ? nil : "for \(order.purposes.joined(separator: ", "))",
            order.reason,
        ]
        try append(
            database,
            LedgerEvent(
                act: "referral:\(drop.id):\(order.position)", at: at, kind: order.isOn ? .examReferred : .referralEnded,
                party: drop.party, drop: drop.id, study: order.study,
                detail: detail.compactMap { $0 }.joined(separator: "; ")))
    }

    /// The purposes for which an exam is referred to a facility; none when it is not.
    package func referredPurposes(study: Int64, to recipient: String) throws(CatalogError) -> [String] {
        let row = try read { database in
            try Row.fetchOne(
                database,
                kept: """
                    SELECT purposes, is_on FROM exam_referral WHERE recipient = ? AND study_id = ? ORDER BY id DESC LIMIT 1
                    """,
                arguments: [recipient, study])
        }
        guard let row, row["is_on"] as Bool else { return [] }
        return (row["purposes"] as String).split(separator: Self.separator).map(String.init)
    }

    /// The facilities that ever referred an exam to one.
    package func referrers(to recipient: String) throws(CatalogError) -> [String] {
        try read { database in
            try String.fetchAll(
                database,
                kept: """
                    SELECT DISTINCT party.name FROM exam_referral JOIN study ON study.id = study_id
                        JOIN party ON party.id = party_id WHERE recipient = ? ORDER BY party.name
                    """,
                arguments: [recipient])
        }
    }
}
