// Who is to read an exam, and in which version of its packet.
//
// Invariants: an assignment is made once for each exam, reader and round, and never changed, but that one which its reader
// asked for becomes the protocol's or the office's when these ask too; a packet version names the images that were there
// when it was made; both come in one transaction with the publications that follow from them.

internal import GRDB

/// An exam that somebody is to read.
package struct AssignmentRecord: Sendable, Equatable {
    /// Why it was assigned.
    package enum Origin: String, Sendable {
        case `protocol`, office, request, arbiter
    }

    package let id: Int64
    package let study: Int64
    package let reader: String
    package let round: Int
    package let protocolID: String
    package let origin: Origin
    /// Whether the packet shows the reads so far.
    package let seesReads: Bool
    package let assignedAt: String

    init?(_ row: Row) {
        guard let origin = Origin(rawValue: row["origin"]) else { return nil }
        id = row["id"]
        study = row["study_id"]
        reader = row["reader"]
        round = row["round"]
        protocolID = row["protocol"]
        self.origin = origin
        seesReads = row["sees_reads"]
        assignedAt = row["assigned_at"]
    }
}

/// A reader who is to be assigned.
package struct NewAssignment: Sendable, Equatable {
    package let reader: String
    package let round: Int
    package let origin: AssignmentRecord.Origin
    package let seesReads: Bool
    /// The drop that asked for it; nil when a rule did.
    package let drop: DropID?

    package init(
        reader: String, round: Int, origin: AssignmentRecord.Origin, seesReads: Bool = false, drop: DropID? = nil
    ) {
        self.reader = reader
        self.round = round
        self.origin = origin
        self.seesReads = seesReads
        self.drop = drop
    }
}

/// A version of what readers of an exam see.
package struct PacketRecord: Sendable, Equatable {
    package let id: Int64
    package let study: Int64
    package let version: Int
    package let protocolID: String
    package let madeAt: String
    /// Instances with a row up to this one are in it.
    package let instanceLimit: Int64
    package let instanceCount: Int

    init(_ row: Row) {
        id = row["id"]
        study = row["study_id"]
        version = row["version"]
        protocolID = row["protocol"]
        madeAt = row["made_at"]
        instanceLimit = row["instance_limit"]
        instanceCount = row["instance_count"]
    }
}

extension Catalog {
    package func assignments(study: Int64) throws(CatalogError) -> [AssignmentRecord] {
        try read { try Self.assignments($0, study: study) }
    }

    static func assignments(_ database: Database, study: Int64) throws -> [AssignmentRecord] {
        try Row.fetchAll(database, kept: "SELECT * FROM assignment WHERE study_id = ? ORDER BY id", arguments: [study])
            .compactMap { AssignmentRecord($0) }
    }

    package func assignment(_ id: Int64) throws(CatalogError) -> AssignmentRecord? {
        try read { database in
            try Row.fetchOne(database, kept: "SELECT * FROM assignment WHERE id = ?", arguments: [id])
                .flatMap { AssignmentRecord($0) }
        }
    }

    /// How many exams of a protocol were assigned to each reader, and how many of these still have no read.
    package func load(protocolID: String) throws(CatalogError) -> [String: (assigned: Int, open: Int)] {
        try read { database in
            var load: [String: (assigned: Int, open: Int)] = [:]
            let rows = try Row.fetchAll(
                database,
                kept: """
                    SELECT reader, COUNT(*) AS assigned, SUM(CASE WHEN EXISTS (
                        SELECT 1 FROM diagnosis WHERE diagnosis.study_id = assignment.study_id
                            AND diagnosis.reader = assignment.reader AND diagnosis.round = assignment.round
                            AND diagnosis.status = 'sealed') THEN 0 ELSE 1 END) AS open
                    FROM assignment WHERE protocol = ? AND origin = 'protocol' GROUP BY reader
                    """,
                arguments: [protocolID])
            for row in rows { load[row["reader"]] = (row["assigned"], row["open"]) }
            return load
        }
    }

    /// The newest packet of an exam; nil before the first.
    package func latestPacket(study: Int64) throws(CatalogError) -> PacketRecord? {
        try read { try Self.latestPacket($0, study: study) }
    }

    static func latestPacket(_ database: Database, study: Int64) throws -> PacketRecord? {
        try Row.fetchOne(
            database, kept: "SELECT * FROM packet WHERE study_id = ? ORDER BY version DESC LIMIT 1", arguments: [study]
        ).map { PacketRecord($0) }
    }

    /// The earlier exams that a packet shows, newest first.
    package func priors(ofPacket packet: Int64) throws(CatalogError) -> [(study: Int64, instanceLimit: Int64)] {
        try read { database in
            try Row.fetchAll(
                database,
                kept: """
                    SELECT study_id, packet_prior.instance_limit FROM packet_prior JOIN study ON study.id = study_id
                    WHERE packet_id = ? ORDER BY study_date DESC, exam_key
                    """,
                arguments: [packet]
            ).map { ($0["study_id"], $0["instance_limit"]) }
        }
    }

    /// Makes the next version of an exam's packet where images came since the last one, assigns readers, and asks for
    /// their copies to be published.
    ///
    /// - Parameters:
    ///   - assignments: Those that are there already are left as they are.
    ///   - at: The policy clock's time.
    /// - Returns: The packet that readers have now.
    /// - Throws: `.overtaken` when the exam was deleted meanwhile.
    @discardableResult
    package func assign(
        study: Int64, protocolID: String, _ assignments: [NewAssignment], at: String
    ) throws(CatalogError) -> PacketRecord {
        try write { try Self.assign($0, study: study, protocolID: protocolID, assignments, at: at) }
    }

    @discardableResult
    static func assign(
        _ database: Database, study: Int64, protocolID: String, _ assignments: [NewAssignment], at: String
    ) throws -> PacketRecord {
        try requireLiving(database, study: study)
        let before = try latestPacket(database, study: study)
        let packet = try nextPacket(database, study: study, protocolID: protocolID, after: before, at: at)
        for assignment in assignments {
            try database.execute(
                kept: """
                    INSERT INTO assignment (study_id, reader, round, protocol, origin, sees_reads, assigned_at, drop_id)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (study_id, reader, round) DO UPDATE
                        SET origin = excluded.origin WHERE assignment.origin = 'request'
                            AND excluded.origin IN ('protocol', 'office')
                    """,
                arguments: [
                    study, assignment.reader, assignment.round, protocolID, assignment.origin.rawValue,
                    assignment.seesReads, at, assignment.drop?.number,
                ])
            guard database.changesCount == 1 else { continue }
            try append(
                database,
                LedgerEvent(
                    act: "assigned:\(study):\(assignment.reader):\(assignment.round)", at: at, kind: .examAssigned,
                    party: assignment.reader, drop: assignment.drop, study: study,
                    detail: "round \(assignment.round), by \(assignment.origin.rawValue), protocol \(protocolID)"))
        }
        try OpenReadings.remake(database, study: study)
        try askForPackets(database, study: study, isNewVersion: packet.id != before?.id, at: at)
        return packet
    }

    private static func nextPacket(
        _ database: Database, study: Int64, protocolID: String, after before: PacketRecord?, at: String
    ) throws -> PacketRecord {
        let row = try Row.fetchOne(
            database,
            kept: """
                SELECT COALESCE(MAX(instance.id), 0) AS last, COUNT(*) AS count FROM instance
                JOIN series ON series.id = series_id WHERE study_id = ? AND is_primary = 1
                """,
            arguments: [study])
        let last: Int64 = row?["last"] ?? 0
        if let before, before.instanceLimit >= last { return before }
        try database.execute(
            kept: """
                INSERT INTO packet (study_id, version, protocol, made_at, instance_limit, instance_count)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [study, (before?.version ?? 0) + 1, protocolID, at, last, row?["count"] as Int? ?? 0])
        let packet = database.lastInsertedRowID
        try database.execute(
            kept: """
                INSERT INTO packet_prior (packet_id, study_id, instance_limit)
                SELECT ?, prior.id, MAX(instance.id) FROM study AS own
                JOIN study AS prior ON prior.patient_row = own.patient_row AND prior.id <> own.id
                    AND (prior.study_date < own.study_date
                        OR (prior.study_date = own.study_date AND prior.id < own.id))
                JOIN patient ON patient.id = own.patient_row AND patient.patient_id <> ''
                JOIN series ON series.study_id = prior.id JOIN instance ON instance.series_id = series.id
                WHERE own.id = ? GROUP BY prior.id
                """,
            arguments: [packet, study])
        guard let made = try latestPacket(database, study: study) else {
            throw CatalogError.database("a packet came back empty")
        }
        try append(
            database,
            LedgerEvent(
                act: "packet:\(study):\(made.version)", at: at, kind: .packetMade, party: "", study: study,
                instanceCount: made.instanceCount, detail: "version \(made.version), protocol \(protocolID)"))
        return made
    }

    /// Has each reader's copy published: for a new version those of all, else of those who have none yet.
    private static func askForPackets(
        _ database: Database, study: Int64, isNewVersion: Bool, at: String
    ) throws {
        guard
            let key = try String.fetchOne(database, kept: "SELECT exam_key FROM study WHERE id = ?", arguments: [study])
        else { return }
        let latest = Dictionary(grouping: try assignments(database, study: study), by: \.reader)
            .compactMapValues { $0.max { $0.round < $1.round } }
        for (reader, assignment) in latest.sorted(by: { $0.key < $1.key }) {
            try publish(
                database,
                Publication(party: reader, kind: "worklists", name: key, subject: .packet, subjectID: assignment.id),
                isNewContent: isNewVersion, at: at)
        }
    }
}
