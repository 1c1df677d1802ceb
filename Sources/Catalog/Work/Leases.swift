// The work queue: what is to be done to a drop, by whom at the moment, and when again after a failure.
//
// Invariants: work is leased (owner and time), never just flagged; a lease that ran out, or whose owner is dead, can
// be taken over; one piece of work for each drop and stage. Leases go by the machine's clock, waits after a failure by the
// policy clock; both in milliseconds since 1970.

internal import GRDB

/// A piece of work.
package struct Work: Sendable {
    package let id: Int64
    package let pipeline: String
    package let stage: String
    package let drop: DropID
    /// How often it failed so far.
    package let attempt: Int
    /// Milliseconds since 1970.
    package let notBefore: Int64
    package let firstFailedAt: Int64?
    package let lastError: String?
    package let owner: String?
    /// Milliseconds since 1970; 0 when nobody has it.
    package let leaseUntil: Int64

    init(_ row: Row) {
        id = row["id"]
        pipeline = row["pipeline"]
        stage = row["stage"]
        drop = DropID(row["drop_id"])
        attempt = row["attempt"]
        notBefore = row["not_before"]
        firstFailedAt = row["first_failed_at"]
        lastError = row["last_error"]
        owner = row["owner"]
        leaseUntil = row["lease_until"] ?? 0
    }
}

/// Who asks for a lease, and what it knows of the others.
package struct LeaseRequest: Sendable {
    package let owner: String
    /// The machine's clock.
    package let now: Int64
    package let until: Int64
    /// The policy clock.
    package let policyNow: Int64
    /// Owners that are known to be dead, so that their leases need not run out.
    package let deadOwners: [String]

    package init(owner: String, now: Int64, until: Int64, policyNow: Int64, deadOwners: [String]) {
        self.owner = owner
        self.now = now
        self.until = until
        self.policyNow = policyNow
        self.deadOwners = deadOwners
    }

    /// Whether nobody alive has a piece of work, and it need not wait after a failure.
    func isFree(_ work: Work) -> Bool {
        guard work.notBefore <= policyNow else { return false }
        guard let owner = work.owner else { return true }
        return work.leaseUntil <= now || deadOwners.contains(owner)
    }
}

extension Catalog {
    /// Takes the work of one stage on one drop, making it when it is new.
    ///
    /// - Returns: nil when somebody else has it, or another drop of its party, or it has to wait after a failure.
    package func lease(
        pipeline: String, stage: String, drop: DropID, _ request: LeaseRequest
    ) throws(CatalogError) -> Work? {
        // Asked without a transaction first: what others have is no reason to make them wait for the database.
        guard try mayBeFree(stage: stage, drop: drop, request) else { return nil }
        return try write { database in
            try database.execute(
                kept: """
                    INSERT INTO work (pipeline, stage, drop_id) VALUES (?, ?, ?) ON CONFLICT (drop_id, stage) DO NOTHING
                    """,
                arguments: [pipeline, stage, drop.number])
            guard
                let row = try Row.fetchOne(
                    database, kept: "SELECT * FROM work WHERE drop_id = ? AND stage = ?",
                    arguments: [drop.number, stage])
            else { return nil }
            let work = Work(row)
            guard request.isFree(work), try !Self.isPartyBusy(database, stage: stage, drop: drop, request) else {
                return nil
            }
            try database.execute(
                kept: "UPDATE work SET owner = ?, lease_until = ? WHERE id = ?",
                arguments: [request.owner, request.until, work.id])
            return work
        }
    }

    /// The stage in which a drop's content becomes facts. A party's drops pass it one after the other, whatever the
    /// number of workers, so that of two files with one UID the first stays the first.
    private static let intakeStage = "receive"

    /// Whether a worker that lives takes another drop of the same party and kind in.
    private static func isPartyBusy(
        _ database: Database, stage: String, drop: DropID, _ request: LeaseRequest
    ) throws -> Bool {
        guard stage == intakeStage else { return false }
        let owners = try String.fetchAll(
            database,
            kept: """
                SELECT work.owner FROM work JOIN intake AS other ON other.id = work.drop_id
                JOIN intake AS own ON own.party = other.party AND own.kind = other.kind
                WHERE own.id = ? AND work.stage = ? AND work.drop_id <> own.id
                    AND work.owner IS NOT NULL AND work.lease_until > ?
                """,
            arguments: [drop.number, stage, request.now])
        return owners.contains { !request.deadOwners.contains($0) }
    }

    private func mayBeFree(stage: String, drop: DropID, _ request: LeaseRequest) throws(CatalogError) -> Bool {
        try read { database in
            let row = try Row.fetchOne(
                database, kept: "SELECT * FROM work WHERE drop_id = ? AND stage = ?", arguments: [drop.number, stage])
            if let row, !request.isFree(Work(row)) { return false }
            return try !Self.isPartyBusy(database, stage: stage, drop: drop, request)
        }
    }

    /// Prolongs the leases of an owner.
    package func renewLeases(owner: String, until: Int64) throws(CatalogError) {
        try write { database in
            try database.execute(
                kept: "UPDATE work SET lease_until = ? WHERE owner = ?", arguments: [until, owner])
            try database.execute(
                kept: "UPDATE publication SET lease_until = ? WHERE owner = ?", arguments: [until, owner])
        }
    }

    /// Everybody who holds a lease.
    package func leaseOwners() throws(CatalogError) -> Set<String> {
        try read { database in
            Set(
                try String.fetchAll(
                    database,
                    kept: """
                        SELECT owner FROM work WHERE owner IS NOT NULL
                        UNION SELECT owner FROM publication WHERE owner IS NOT NULL
                        UNION SELECT owner FROM pack_move WHERE owner IS NOT NULL
                        """))
        }
    }

    /// Gives a lease back with nothing done.
    package func giveBack(_ work: Work, owner: String) throws(CatalogError) {
        try write { database in
            try database.execute(
                kept: "UPDATE work SET owner = NULL, lease_until = NULL WHERE id = ? AND owner = ?",
                arguments: [work.id, owner])
        }
    }

    /// Gives a lease back after a failure that may pass, to be tried again later.
    package func postpone(
        _ work: Work, owner: String, until: Int64, now: Int64, error: String
    ) throws(CatalogError) {
        try write { database in
            try database.execute(
                kept: """
                    UPDATE work SET owner = NULL, lease_until = NULL, attempt = attempt + 1, not_before = ?,
                        first_failed_at = COALESCE(first_failed_at, ?), last_error = ?
                    WHERE id = ? AND owner = ?
                    """,
                arguments: [until, now, error, work.id, owner])
        }
    }

    /// Ends a piece of work.
    package func finish(_ work: Work, owner: String) throws(CatalogError) {
        try write { database in
            try database.execute(kept: "DELETE FROM work WHERE id = ? AND owner = ?", arguments: [work.id, owner])
        }
    }

    /// All work of a stage, oldest first, leased or not.
    package func work(stage: String) throws(CatalogError) -> [Work] {
        try read { database in
            try Row.fetchAll(database, kept: "SELECT * FROM work WHERE stage = ? ORDER BY id", arguments: [stage])
                .map { Work($0) }
        }
    }

    /// All work there is, oldest first.
    package func allWork() throws(CatalogError) -> [Work] {
        try read { database in
            try Row.fetchAll(database, kept: "SELECT * FROM work ORDER BY id").map { Work($0) }
        }
    }

    /// Ends the lease in the transaction of the result; the lease must still be held.
    static func close(_ database: Database, work: Work, owner: String) throws {
        try database.execute(kept: "DELETE FROM work WHERE id = ? AND owner = ?", arguments: [work.id, owner])
        guard database.changesCount == 1 else { throw CatalogError.leaseLost(work: work.id) }
    }
}
