// Reads: what doctors answered, sealed as it came.
//
// Invariants: a read is never changed or removed; a change of mind is a read of its own. What waits for its exam is
// decided once, when that is there or has been waited for too long.

internal import Foundation
internal import GRDB
package import Files

/// A read as it is stored.
package struct DiagnosisFacts: Sendable, Equatable {
    package enum Status: String, Sendable {
        case sealed, waiting, duplicate, replaced, refused
    }

    /// Its place in the drop, from 0.
    package let position: Int
    package let reader: String
    /// The exam as the read names it; empty where it does not.
    package let facility: String
    package let accessionNumber: String
    package let studyInstanceUID: String
    /// nil while there is no such exam.
    package let study: Int64?
    package let round: Int
    package let packetVersion: Int?
    package let label: String?
    package let confidence: Double?
    /// A JSON array.
    package let findings: String
    package let text: String?
    /// ISO 8601 with offset, and the same in seconds since 1970.
    package let readAt: String
    package let readSeconds: Int64
    package let retracts: SHA256Digest?
    package let digest: SHA256Digest
    package let status: Status
    package let reason: String?
    /// Whether the reader could not know of others' reads.
    package let wasBlind: Bool

    package init(
        position: Int, reader: String, facility: String, accessionNumber: String, studyInstanceUID: String,
        study: Int64?, round: Int, packetVersion: Int?, label: String?, confidence: Double?, findings: String,
        text: String?, readAt: String, readSeconds: Int64, retracts: SHA256Digest?, digest: SHA256Digest,
        status: Status, reason: String?, wasBlind: Bool
    ) {
        self.position = position
        self.reader = reader
        self.facility = facility
        self.accessionNumber = accessionNumber
        self.studyInstanceUID = studyInstanceUID
        self.study = study
        self.round = round
        self.packetVersion = packetVersion
        self.label = label
        self.confidence = confidence
        self.findings = findings
        self.text = text
        self.readAt = readAt
        self.readSeconds = readSeconds
        self.retracts = retracts
        self.digest = digest
        self.status = status
        self.reason = reason
        self.wasBlind = wasBlind
    }
}

/// A read with its place in the catalogue.
package struct DiagnosisRecord: Sendable, Equatable {
    package let id: Int64
    package let drop: DropID
    package let facts: DiagnosisFacts
    /// The exam's key; nil while there is no such exam.
    package let examKey: String?
    package let sealedAt: String
    /// Its place among all reads that were sealed; 0 of one that is not.
    package let sealOrder: Int64

    init?(_ row: Row) {
        guard let status = DiagnosisFacts.Status(rawValue: row["status"]), let digest = Catalog.digest(row["digest"])
        else { return nil }
        id = row["id"]
        drop = DropID(row["drop_id"])
        examKey = row["exam_key"]
        sealedAt = row["sealed_at"]
        sealOrder = row["seal_order"] ?? 0
        facts = DiagnosisFacts(
            position: row["position"], reader: row["reader"], facility: row["facility"],
            accessionNumber: row["accession_number"], studyInstanceUID: row["study_uid"], study: row["study_id"],
            round: row["round"], packetVersion: row["packet_version"], label: row["label"],
            confidence: row["confidence"], findings: row["findings"], text: row["text"], readAt: row["read_at"],
            readSeconds: row["read_seconds"], retracts: Catalog.digest(row["retracts"]), digest: digest,
            status: status, reason: row["reason"], wasBlind: row["was_blind"])
    }
}

extension Catalog {
    private static let columns = """
        diagnosis.id, drop_id, position, reader, facility, diagnosis.accession_number, diagnosis.study_uid, study_id,
        round, packet_version, label, confidence, findings, text, read_at, read_seconds, retracts, digest, status,
        reason, was_blind, sealed_at, seal_order, exam_key
        """

    /// Stores a read within the transaction of its drop.
    static func insert(_ database: Database, _ facts: DiagnosisFacts, drop: DropID, at: String) throws {
        try database.execute(
            kept: """
                INSERT INTO diagnosis (drop_id, position, reader, facility, accession_number, study_uid, study_id,
                    round, packet_version, label, confidence, findings, text, read_at, read_seconds, retracts, digest,
                    status, reason, was_blind, sealed_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                drop.number, facts.position, facts.reader, facts.facility, facts.accessionNumber,
                facts.studyInstanceUID, facts.study, facts.round, facts.packetVersion, facts.label, facts.confidence,
                facts.findings, facts.text, facts.readAt, facts.readSeconds, facts.retracts.map { Data($0.bytes) },
                Data(facts.digest.bytes), facts.status.rawValue, facts.reason, facts.wasBlind, at,
            ])
        try noteSealed(database, facts, drop: drop, at: at)
    }

    private static func noteSealed(_ database: Database, _ facts: DiagnosisFacts, drop: DropID, at: String) throws {
        guard [.sealed, .replaced].contains(facts.status), let study = facts.study else { return }
        try database.execute(
            kept: """
                UPDATE diagnosis SET seal_order = (SELECT COALESCE(MAX(seal_order), 0) + 1 FROM diagnosis)
                WHERE drop_id = ? AND position = ?
                """,
            arguments: [drop.number, facts.position])
        try OpenReadings.remake(database, study: study)
        try noteChange(database, study: study, .reads, at: at)
        try noteChange(database, study: study, .result, at: at)
        try append(
            database,
            LedgerEvent(
                act: "sealed:\(facts.digest.hex):\(drop)", at: at,
                kind: facts.label == nil ? .readRetracted : .readSealed, party: facts.reader, drop: drop,
                study: study, detail: "\(facts.digest.hex), round \(facts.round)"))
        guard facts.label != nil else { return }
        let exam = try String.fetchOne(database, kept: "SELECT exam_key FROM study WHERE id = ?", arguments: [study])
        _ = try meter(
            database,
            UsageRow(
                act: "read:\(facts.digest.hex):\(drop)", kind: "read", party: facts.reader, atSeconds: try seconds(at),
                exam: exam, cause: drop.description))
    }

    /// The reads of an exam that were sealed, in the order of their arrival.
    package func sealedDiagnoses(study: Int64) throws(CatalogError) -> [DiagnosisRecord] {
        try diagnoses("study_id = ? AND status IN ('sealed', 'replaced')", [study])
    }

    /// The sealed reads of all exams of a protocol.
    ///
    /// - Parameter readLimit: The last place in the order of sealing that is meant.
    package func countedReads(protocolID: String, readLimit: Int64) throws(CatalogError) -> [DiagnosisRecord] {
        try diagnoses(
            """
            status IN ('sealed', 'replaced') AND seal_order <= ? AND study_id IN
                (SELECT study_id FROM assignment WHERE protocol = ?)
            """, [readLimit, protocolID])
    }

    /// The place of the newest sealed read; 0 when there is none.
    package func lastSeal() throws(CatalogError) -> Int64 {
        try read { try Int64.fetchOne($0, sql: "SELECT COALESCE(MAX(seal_order), 0) FROM diagnosis") ?? 0 }
    }

    /// The reads of a drop, in its order.
    package func diagnoses(ofDrop drop: DropID) throws(CatalogError) -> [DiagnosisRecord] {
        try diagnoses("drop_id = ?", [drop.number])
    }

    /// Reads that wait for their exam, oldest first.
    package func waitingDiagnoses() throws(CatalogError) -> [DiagnosisRecord] {
        try diagnoses("status = 'waiting'", [])
    }

    /// Each time that a read came whose digest begins so.
    package func diagnoses(digest: DigestPrefix) throws(CatalogError) -> [DiagnosisRecord] {
        try diagnoses("digest BETWEEN ? AND ?", [digest.low, digest.high])
    }

    /// Each time that a read of this digest came.
    package func diagnoses(digest: SHA256Digest) throws(CatalogError) -> [DiagnosisRecord] {
        try diagnoses("digest = ?", [Data(digest.bytes)])
    }

    private func diagnoses(
        _ condition: String, _ arguments: StatementArguments
    ) throws(CatalogError) -> [DiagnosisRecord] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT \(Self.columns) FROM diagnosis LEFT JOIN study ON study.id = study_id
                    WHERE \(condition) ORDER BY diagnosis.drop_id, position
                    """,
                arguments: arguments
            ).compactMap { DiagnosisRecord($0) }
        }
    }

    /// Decides a read that waited; its receipt is published anew.
    ///
    /// - Parameters:
    ///   - facts: With the same place and digest, and the decision.
    ///   - drop: What the drop as a whole comes to with it.
    package func decide(
        _ waiting: DiagnosisRecord, as facts: DiagnosisFacts, drop: (status: String, reason: String?), at: String
    ) throws(CatalogError) {
        try write { database in
            try database.execute(
                kept: """
                    UPDATE diagnosis SET study_id = ?, status = ?, reason = ?, was_blind = ?, label = ?
                    WHERE id = ? AND status = 'waiting'
                    """,
                arguments: [
                    facts.study, facts.status.rawValue, facts.reason, facts.wasBlind, facts.label, waiting.id,
                ])
            guard database.changesCount == 1, facts.status != .waiting else { return }
            try Self.noteSealed(database, facts, drop: waiting.drop, at: at)
            try database.execute(
                kept: "UPDATE intake SET status = ?, reason = ? WHERE id = ?",
                arguments: [drop.status, drop.reason, waiting.drop.number])
            try database.execute(
                kept: """
                    INSERT INTO work (pipeline, stage, drop_id) VALUES ('diagnoses', 'publish', ?)
                    ON CONFLICT (drop_id, stage) DO NOTHING
                    """,
                arguments: [waiting.drop.number])
        }
    }
}
