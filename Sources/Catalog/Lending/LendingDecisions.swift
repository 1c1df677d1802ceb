// What was decided about the exams of requests: granted, or denied with the reason.
//
// Invariants: one decision for each exam of a request, never changed, with the version of the rules that it was made by;
// nothing is decided on a count of exams given that has changed meanwhile.

internal import GRDB

/// A decision that is to be stored.
package struct LendingDecision: Sendable, Equatable {
    package enum Outcome: Sendable, Equatable {
        /// - `granted`, `reducedFrom`: JSON.
        case grant(study: Int64, granted: String, reducedFrom: String?)
        case denial(reason: String, message: String, wouldBeAllowed: String?)
    }

    /// The exam's place in its request.
    package let position: Int
    package let outcome: Outcome
    package let policyVersion: String

    package init(position: Int, outcome: Outcome, policyVersion: String) {
        self.position = position
        self.outcome = outcome
        self.policyVersion = policyVersion
    }
}

/// An exam that was granted.
package struct GrantRecord: Sendable, Equatable {
    package let id: Int64
    package let request: Int64
    package let position: Int
    package let study: Int64
    /// JSON.
    package let granted: String
    package let reducedFrom: String?
    package let policyVersion: String
    /// Images with a row up to this one are meant.
    package let instanceLimit: Int64
    package let decidedAt: String

    init(_ row: Row) {
        id = row["id"]
        request = row["request_id"]
        position = row["position"]
        study = row["study_id"]
        granted = row["granted"]
        reducedFrom = row["reduced_from"]
        policyVersion = row["policy_version"]
        instanceLimit = row["instance_limit"]
        decidedAt = row["decided_at"]
    }
}

/// An exam that was denied.
package struct DenialRecord: Sendable, Equatable {
    package let position: Int
    package let reason: String
    package let message: String
    /// JSON.
    package let wouldBeAllowed: String?
    package let policyVersion: String
    package let decidedAt: String

    init(_ row: Row) {
        position = row["position"]
        reason = row["reason"]
        message = row["message"]
        wouldBeAllowed = row["would_be_allowed"]
        policyVersion = row["policy_version"]
        decidedAt = row["decided_at"]
    }
}

/// How many exams a party was given for a purpose when something was decided.
package struct GivenExams: Sendable, Equatable {
    package let purpose: String
    /// Those decided after this are counted, in seconds since 1970.
    package let sinceSeconds: Int64
    package let count: Int

    package init(purpose: String, sinceSeconds: Int64, count: Int) {
        self.purpose = purpose
        self.sinceSeconds = sinceSeconds
        self.count = count
    }
}

extension Catalog {
    /// Stores decisions. What was decided before stays as it is.
    ///
    /// - Parameter given: What the decisions were made on; nil where no count matters.
    /// - Throws: `.overtaken` when that has changed.
    package func decide(
        _ decisions: [LendingDecision], of request: LendingRequest, given: GivenExams?, at: String
    ) throws(CatalogError) {
        try write { database in
            try Self.require(database, given, party: request.party)
            try Self.insert(database, decisions, of: request, at: at)
        }
    }

    /// - Throws: `.overtaken`.
    static func require(_ database: Database, _ given: GivenExams?, party: String) throws {
        guard let given else { return }
        let now = try givenExamCount(database, party: party, purpose: given.purpose, sinceSeconds: given.sinceSeconds)
        guard now == given.count else { throw CatalogError.overtaken }
    }

    static func insert(
        _ database: Database, _ decisions: [LendingDecision], of request: LendingRequest, at: String
    ) throws {
        for decision in decisions {
            switch decision.outcome {
            case .grant(let study, let granted, let reducedFrom):
                try insert(database, decision, study, granted, reducedFrom, of: request, at: at)
            case .denial(let reason, let message, let wouldBeAllowed):
                try database.cachedStatement(
                    sql: """
                        INSERT INTO denial (request_id, position, reason, message, would_be_allowed, policy_version,
                            decided_at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                        """
                ).execute(arguments: [
                    request.id, decision.position, reason, message, wouldBeAllowed, decision.policyVersion, at,
                ])
            }
        }
    }

    private static func insert(
        _ database: Database, _ decision: LendingDecision, _ study: Int64, _ granted: String, _ reducedFrom: String?,
        of request: LendingRequest, at: String
    ) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO lending_grant (request_id, position, study_id, party, purpose, granted, reduced_from,
                    policy_version, instance_limit, decided_at, decided_seconds)
                SELECT ?, ?, ?, ?, ?, ?, ?, ?, COALESCE(MAX(instance.id), 0), ?, ?
                FROM instance JOIN series ON series.id = series_id WHERE study_id = ?
                ON CONFLICT DO NOTHING
                """
        ).execute(arguments: [
            request.id, decision.position, study, request.party, request.purpose, granted, reducedFrom,
            decision.policyVersion, at, try seconds(at), study,
        ])
    }

    /// How many exams a party was granted for a purpose after a time.
    package func givenExamCount(
        party: String, purpose: String, sinceSeconds: Int64
    ) throws(CatalogError) -> Int {
        try read { try Self.givenExamCount($0, party: party, purpose: purpose, sinceSeconds: sinceSeconds) }
    }

    private static func givenExamCount(
        _ database: Database, party: String, purpose: String, sinceSeconds: Int64
    ) throws -> Int {
        try Int.fetchOne(
            database,
            kept: "SELECT COUNT(*) FROM lending_grant WHERE party = ? AND purpose = ? AND decided_seconds > ?",
            arguments: [party, purpose, sinceSeconds]) ?? 0
    }

    /// The grants of a request, in the order of its exams.
    package func grants(ofRequest id: Int64) throws(CatalogError) -> [GrantRecord] {
        try read { database in
            try Row.fetchAll(
                database, kept: "SELECT * FROM lending_grant WHERE request_id = ? ORDER BY position", arguments: [id]
            ).map { GrantRecord($0) }
        }
    }

    /// The denials of a request, in the order of its exams.
    package func denials(ofRequest id: Int64) throws(CatalogError) -> [DenialRecord] {
        try read { database in
            try Row.fetchAll(
                database, kept: "SELECT * FROM denial WHERE request_id = ? ORDER BY position", arguments: [id]
            ).map { DenialRecord($0) }
        }
    }
}
