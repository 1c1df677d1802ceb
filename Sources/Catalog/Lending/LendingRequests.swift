// Requests for stored exams, as they were taken in: which exams each is about, and where its answer lies.
//
// Invariants: a request and the exams that it is about are facts of one transaction, that of its drop; what the decisions
// need of the request is in its row.

internal import GRDB

/// An exam that a request is about.
package struct RequestedExam: Sendable, Equatable {
    /// From 0.
    package let position: Int
    /// Of an exam that is there for the asker, its own key; else one that is made from what the asker named.
    package let key: String
    /// nil when there is no such exam for the asker.
    package let study: Int64?

    package init(position: Int, key: String, study: Int64?) {
        self.position = position
        self.key = key
        self.study = study
    }
}

/// A request that is to be taken in.
package struct NewLendingRequest: Sendable {
    /// Its place in the drop.
    package let position: Int
    /// The id that the party gave it.
    package let name: String
    package let purpose: String
    /// `reduce` or `refuse`.
    package let prefer: String
    /// `folder`, `zip` or `tar`.
    package let format: String
    package let wantsDICOMDIR: Bool
    /// JSON.
    package let want: String
    package let exams: [RequestedExam]
    /// Of all of its exams, or of none: then they are decided later.
    package let decisions: [LendingDecision]

    package init(
        position: Int, name: String, purpose: String, prefer: String, format: String, wantsDICOMDIR: Bool, want: String,
        exams: [RequestedExam], decisions: [LendingDecision]
    ) {
        self.position = position
        self.name = name
        self.purpose = purpose
        self.prefer = prefer
        self.format = format
        self.wantsDICOMDIR = wantsDICOMDIR
        self.want = want
        self.exams = exams
        self.decisions = decisions
    }
}

/// A request that was taken in.
package struct LendingRequest: Sendable, Equatable {
    package let id: Int64
    package let drop: DropID
    package let party: String
    package let name: String
    package let purpose: String
    package let prefer: String
    package let format: String
    package let wantsDICOMDIR: Bool
    /// JSON.
    package let want: String
    /// ISO 8601 with offset.
    package let askedAt: String
    package let examCount: Int

    /// The name under which its answer lies in `deliveries/`.
    package var deliveryName: String { Self.deliveryName(name, format: format) }

    package static func deliveryName(_ name: String, format: String) -> String {
        format == "folder" ? name : "\(name).\(format)"
    }

    init(_ row: Row) {
        id = row["id"]
        drop = DropID(row["drop_id"])
        party = row["party"]
        name = row["name"]
        purpose = row["purpose"]
        prefer = row["prefer"]
        format = row["format"]
        wantsDICOMDIR = row["dicomdir"]
        want = row["want"]
        askedAt = row["asked_at"]
        examCount = row["exam_count"]
    }
}

extension Catalog {
    /// Takes a request in, with the decisions that were made already, and asks for its answer.
    static func insert(
        _ database: Database, _ request: NewLendingRequest, drop: DropRecord, at: String
    ) throws {
        try insert(database, request, party: drop.party, drop: drop.id, at: at)
    }

    /// - Parameter party: Whose request it is: of a chart, the facility's, whoever dropped it.
    /// - Returns: Its row.
    @discardableResult
    static func insert(
        _ database: Database, _ request: NewLendingRequest, party: String, drop: DropID, at: String
    ) throws -> Int64 {
        try database.execute(
            kept: """
                INSERT INTO request (drop_id, position, party, name, purpose, prefer, format, dicomdir, want, asked_at,
                    exam_count) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                drop.number, request.position, party, request.name, request.purpose, request.prefer,
                request.format, request.wantsDICOMDIR, request.want, at, request.exams.count,
            ])
        let id = database.lastInsertedRowID
        let insert = try database.cachedStatement(
            sql: "INSERT INTO request_exam (request_id, position, exam_key, study_id) VALUES (?, ?, ?, ?)")
        for exam in request.exams { try insert.execute(arguments: [id, exam.position, exam.key, exam.study]) }
        guard let taken = try lendingRequest(database, id) else {
            throw CatalogError.database("a request came back empty")
        }
        try Self.insert(database, request.decisions, of: taken, at: at)
        try append(
            database,
            LedgerEvent(
                act: "requested:\(party):\(request.name)", at: at, kind: .requested, party: party, drop: drop,
                detail: "\(request.name): \(request.exams.count) exams, for \(request.purpose)"))
        try publish(
            database,
            Publication(
                party: party, kind: "deliveries", name: taken.deliveryName, subject: .delivery, subjectID: id),
            isNewContent: true, at: at)
        return id
    }

    static func lendingRequest(_ database: Database, _ id: Int64) throws -> LendingRequest? {
        try Row.fetchOne(database, kept: "SELECT * FROM request WHERE id = ?", arguments: [id]).map {
            LendingRequest($0)
        }
    }

    /// The request of a row.
    package func lendingRequest(_ id: Int64) throws(CatalogError) -> LendingRequest? {
        try read { try Self.lendingRequest($0, id) }
    }

    /// Requests by the id that their party gave them: parties may use the same.
    ///
    /// - Parameter party: nil for any.
    package func lendingRequests(named name: String, party: String? = nil) throws(CatalogError) -> [LendingRequest] {
        try read { database in
            try Row.fetchAll(
                database, kept: "SELECT * FROM request WHERE name = ?1 AND (?2 IS NULL OR party = ?2) ORDER BY id",
                arguments: [name, party]
            ).map { LendingRequest($0) }
        }
    }

    /// Whether the answer of a request of the party lies under a name, or will.
    package func isDeliveryNameTaken(party: String, name: String) throws(CatalogError) -> Bool {
        try read { database in
            try Int.fetchOne(
                database, kept: "SELECT 1 FROM publication WHERE party = ? AND kind = 'deliveries' AND name = ?",
                arguments: [party, name]) != nil
        }
    }

    /// What a request is about, in its order.
    package func requestedExams(ofRequest id: Int64) throws(CatalogError) -> [RequestedExam] {
        try requestedExams("request_id = ? ORDER BY position", [id])
    }

    /// The first exams of a request that nothing was decided about.
    package func undecidedExams(ofRequest id: Int64, limit: Int) throws(CatalogError) -> [RequestedExam] {
        try requestedExams(
            """
            request_id = ? AND NOT EXISTS (SELECT 1 FROM lending_grant
                WHERE lending_grant.request_id = own.request_id AND lending_grant.position = own.position)
            AND NOT EXISTS (SELECT 1 FROM denial
                WHERE denial.request_id = own.request_id AND denial.position = own.position)
            ORDER BY position LIMIT ?
            """, [id, limit])
    }

    private func requestedExams(
        _ condition: String, _ arguments: StatementArguments
    ) throws(CatalogError) -> [RequestedExam] {
        try read { database in
            try Row.fetchAll(
                database, sql: "SELECT position, exam_key, study_id FROM request_exam AS own WHERE \(condition)",
                arguments: arguments
            ).map { RequestedExam(position: $0["position"], key: $0["exam_key"], study: $0["study_id"]) }
        }
    }
}
