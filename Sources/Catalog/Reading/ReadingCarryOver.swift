// Carries what no pack has from the old catalogue into a rebuilt one: assignments, packets, reads, notices, results, what
// lies in outbound folders, and the drops that these came by.
//
// Invariants: one transaction; a row is carried over with everything that it names, or not at all and named in a gap. Exams
// are matched by their key, images by UID and digest, since their rows have other numbers now.

internal import Foundation
internal import GRDB

/// Something that could not be carried over.
package struct CarryOverGap: Sendable, Equatable {
    /// The exam's key; nil when it is no exam's.
    package let exam: String?
    package let reason: String
}

extension Catalog {
    /// - Parameter old: The catalogue that this one replaces; this one has its exams already, and no reads.
    package func carryReading(from old: OldCatalog) throws(CatalogError) -> [CarryOverGap] {
        try write { database in
            guard try old.hasReading else { return [] }
            try DeletedExams.carry(from: old, into: database)
            var carry = try ReadingCarryOver(database: database, old: old)
            try carry.run()
            return carry.gaps
        }
    }

    /// Drops of diagnoses that brought reads of which nothing is left.
    package func dropsWithoutReads() throws(CatalogError) -> [DropID] {
        try read { database in
            try Int64.fetchAll(
                database,
                kept: """
                    SELECT id FROM intake WHERE kind = 'diagnoses' AND state = 'done' AND status IN ('accepted', 'partial')
                        AND NOT EXISTS (SELECT 1 FROM diagnosis WHERE drop_id = intake.id) ORDER BY id
                    """
            ).map { DropID($0) }
        }
    }
}

private struct ReadingCarryOver {
    let database: Database
    let old: OldCatalog
    private(set) var gaps: [CarryOverGap] = []
    private var lost: Set<String> = []
    private let oldKeys: [Int64: String]
    /// Rows of exams and drops here, by those that they had.
    private var studies: [Int64: Int64] = [:]
    private var drops: [Int64: Int64] = [:]
    private var packets: Set<Int64> = []
    private var subjects: [String: Set<Int64>] = [:]
    private var columns: [String: Set<String>] = [:]

    init(database: Database, old: OldCatalog) throws {
        self.database = database
        self.old = old
        oldKeys = try old.examKeys()
        for (study, key) in oldKeys {
            studies[study] = try Int64.fetchOne(
                database, kept: "SELECT id FROM study WHERE exam_key = ?", arguments: [key])
        }
    }

    mutating func run() throws {
        try carryDrops()
        try carryPackets()
        for table in ["assignment", "diagnosis", "notice", "determination"] { try carry(table) }
        if try old.has("chart_result") {
            for line in try old.lines("chart_result") {
                try insertIfKnown("chart_result", line, of: "determination", "determination_id")
            }
        }
        for line in try old.lines("drop_item") { try insert("drop_item", line) }
        for line in try old.lines("drop_content") { try insert("drop_content", line) }
        if try old.hasReports { try carry("report") }
        if try old.hasHolds { try carry("exam_hold") }
        if try old.hasDeletions { try carryDeletions() }
        if try old.hasReferrals { try carry("exam_referral") }
        if try old.has("exam_settlement") { try carry("exam_settlement") }
        try carryLending()
        try carryWithdrawalsAndDrills()
        try carryLiaison()
        try carryPublications()
        try carryEvents()
        try carryUses()
        try noteChanges()
        try OpenReadings.remake(database)
    }

    /// Who asked for what, what was decided, who holds what.
    private mutating func carryLending() throws {
        guard try old.hasLending else { return }
        try carry("request")
        for line in try old.lines("request_exam") {
            try insertIfKnown("request_exam", line, of: "request", "request_id")
        }
        for line in try old.lines("denial") { try insertIfKnown("denial", line, of: "request", "request_id") }
        for line in try old.lines("lending_grant") {
            guard let study = integer(line, "study_id"),
                let limit = try limit(line, study: study, what: "what was granted")
            else { continue }
            var line = line
            line["instance_limit"] = limit.databaseValue
            try insertIfKnown("lending_grant", line, of: "request", "request_id")
        }
        for line in try old.lines("release") { try insertIfKnown("release", line, of: "lending_grant", "grant_id") }
        for line in try old.lines("release_file") {
            try insertIfKnown("release_file", line, of: "release", "release_id")
        }
        guard try old.hasReportCopies else { return }
        for line in try old.lines("report_copy") where isKnown("report", line, "report_id") {
            try insertIfKnown("report_copy", line, of: "lending_grant", "grant_id")
        }
        for line in try old.lines("report_change")
        where line["grant_id"] == .null || isKnown("lending_grant", line, "grant_id") {
            try insertIfKnown("report_change", line, of: "report", "report_id")
        }
    }

    /// What was withdrawn, and which exams were restored in drills.
    private mutating func carryWithdrawalsAndDrills() throws {
        guard try old.has("withdrawal") else { return }
        for table in ["withdrawal_notice", "withdrawal", "drill"] { try carry(table) }
        for line in try old.lines("drill_exam") { try insertIfKnown("drill_exam", line, of: "drill", "drill_id") }
    }

    /// What was deleted, and which files of it are still to be removed.
    private mutating func carryDeletions() throws {
        for line in try old.lines("exam_deletion") {
            var line = line
            // All images that are here came later.
            line["instance_limit"] = 0.databaseValue
            guard let id = integer(line, "id"), try insert("exam_deletion", line) else { continue }
            subjects["exam_deletion", default: []].insert(id)
        }
        for table in ["exam_deletion_file", "exam_deletion_instance"] {
            for line in try old.lines(table) {
                var line = line
                if table == "exam_deletion_instance" { line["instance_id"] = .null }
                try insertIfKnown(table, line, of: "exam_deletion", "deletion_id")
            }
        }
    }

    /// What charts say. What belongs together is decided anew, since exams may be missing now.
    private mutating func carryLiaison() throws {
        guard try old.has("chart_patient") else { return }
        let names = Dictionary(
            try old.lines("party").compactMap { line in
                integer(line, "id").flatMap { id in
                    line["name"].flatMap { String.fromDatabaseValue($0) }.map { (id, $0) }
                }
            }, uniquingKeysWith: { first, _ in first })
        for line in try old.lines("chart_patient") {
            guard let party = integer(line, "party_id").flatMap({ names[$0] }) else { continue }
            var line = line
            line["party_id"] = try Catalog.partyRow(database, party).databaseValue
            line["into_id"] = .null
            if try insert("chart_patient", line), let id = integer(line, "id") {
                subjects["chart_patient", default: []].insert(id)
            }
        }
        for line in try old.lines("chart_patient", where: "into_id IS NOT NULL") {
            try database.execute(
                kept: """
                    UPDATE chart_patient SET into_id = ?1 WHERE id = ?2
                        AND EXISTS (SELECT 1 FROM chart_patient AS other WHERE other.id = ?1)
                    """,
                arguments: [integer(line, "into_id"), integer(line, "id")])
        }
        for line in try old.lines("chart_entry") {
            try insertIfKnown("chart_entry", line, of: "chart_patient", "patient_row")
        }
        for line in try old.lines("chart_number") {
            guard let party = integer(line, "party_id").flatMap({ names[$0] }) else { continue }
            var line = line
            line["party_id"] = try Catalog.partyRow(database, party).databaseValue
            try insertIfKnown("chart_number", line, of: "chart_entry", "entry_id")
        }
        for line in try old.lines("chart_merge") {
            guard let into = integer(line, "into_id"), subjects["chart_patient"]?.contains(into) == true else {
                continue
            }
            try insertIfKnown("chart_merge", line, of: "chart_patient", "from_id")
        }
        for line in try old.lines("chart_link") where isKnown("chart_patient", line, "patient_row") {
            try insertIfKnown("chart_link", line, of: "chart_entry", "entry_id")
        }
        for line in try old.lines("chart_request") where isKnown("chart_patient", line, "patient_row") {
            try insertIfKnown("chart_request", line, of: "request", "request_id")
        }
        for patient in (subjects["chart_patient"] ?? []).sorted() {
            try database.execute(
                kept: "INSERT INTO liaison_due (subject, subject_id, revision, noted_at) VALUES ('patient', ?, 1, '')",
                arguments: [patient])
        }
    }

    /// Writes a row unless what it belongs to is not here.
    private mutating func insertIfKnown(
        _ table: String, _ line: OldCatalog.Line, of owner: String, _ column: String
    ) throws {
        guard isKnown(owner, line, column) else { return }
        if try insert(table, line), let own = integer(line, "id") { subjects[table, default: []].insert(own) }
    }

    private func isKnown(_ owner: String, _ line: OldCatalog.Line, _ column: String) -> Bool {
        integer(line, column).map { subjects[owner]?.contains($0) == true } ?? false
    }

    /// When exams were last used, which packs say only of their storing; and what was asked back.
    private mutating func carryUses() throws {
        guard try old.hasTiers else { return }
        for line in try old.lines("exam_use") {
            guard let study = integer(line, "study_id").flatMap({ studies[$0] }),
                let at = line["used_at"].flatMap({ String.fromDatabaseValue($0) })
            else { continue }
            try Catalog.noteUse(database, study: study, at: at)
        }
        for line in try old.lines("exam_recall") { try insert("exam_recall", line, orSkip: true) }
    }

    /// Drops of documents; those in quarantine come from there.
    private mutating func carryDrops() throws {
        for line in try old.lines("intake", where: "kind <> 'images' AND state = 'done'") {
            guard let id = Int64.fromDatabaseValue(line["id"] ?? .null) else { continue }
            let isTaken =
                try Bool.fetchOne(
                    database, kept: "SELECT EXISTS (SELECT 1 FROM intake WHERE id = ?)", arguments: [id]) ?? false
            var line = line
            // No number of a drop is given twice; where copies lost theirs, another drop may have this one.
            if isTaken {
                let next = try Int64.fetchOne(database, kept: "SELECT MAX(id) + 1 FROM intake") ?? id
                line["id"] = next.databaseValue
                drops[id] = next
                gaps.append(
                    CarryOverGap(exam: nil, reason: "\(DropID(id)) is \(DropID(next)) now: another drop has its number")
                )
            } else {
                drops[id] = id
            }
            line["released_from"] = .null
            try write("intake", line)
        }
        for line in try old.lines("work", where: "stage = 'publish'") {
            var line = line
            line["id"] = nil
            line["owner"] = .null
            line["lease_until"] = .null
            try insert("work", line)
        }
    }

    private mutating func carryPackets() throws {
        for line in try old.lines("packet") {
            guard let id = integer(line, "id"), let study = integer(line, "study_id") else { continue }
            guard let limit = try limit(line, study: study, what: "packet \(integer(line, "version") ?? 0)") else {
                continue
            }
            var line = line
            line["instance_limit"] = limit.databaseValue
            if try insert("packet", line) { packets.insert(id) }
        }
        for line in try old.lines("packet_prior") {
            guard let packet = integer(line, "packet_id"), packets.contains(packet),
                let study = integer(line, "study_id"),
                let limit = try limit(line, study: study, what: "an earlier exam in a packet")
            else { continue }
            var line = line
            line["instance_limit"] = limit.databaseValue
            try insert("packet_prior", line)
        }
    }

    /// The row here up to which the same images are in it; nil, and a gap, when that cannot be said.
    private mutating func limit(_ line: OldCatalog.Line, study: Int64, what: String) throws -> Int64? {
        guard let here = studies[study] else {
            noteLost(study)
            return nil
        }
        let names = try old.images(study: study, limit: integer(line, "instance_limit") ?? 0)
        let rows = try ImageName.rows(database, study: here)
        let limit = rows.last { names.contains($0.name) }?.row ?? 0
        let shown = Set(rows.filter { $0.row <= limit }.map(\.name))
        if shown != names {
            gaps.append(
                CarryOverGap(
                    exam: oldKeys[study],
                    reason:
                        "\(what): it had \(names.count) images, of which \(shown.intersection(names).count) are in the archive"
                ))
        }
        return limit
    }

    private mutating func carry(_ table: String) throws {
        for line in try old.lines(table) {
            guard let id = integer(line, "id"), try insert(table, line) else { continue }
            subjects[table, default: []].insert(id)
        }
    }

    private mutating func carryPublications() throws {
        let tables = [
            "packet": "assignment", "notice": "notice", "result": "determination", "delivery": "request",
            "withdrawal": "withdrawal_notice", "drill": "drill",
            "reportNotice": "report_change", "reportDelivery": "report_change",
            "liaison": "chart_patient",
        ]
        for line in try old.lines("publication") {
            guard let subject = line["subject"].flatMap({ String.fromDatabaseValue($0) }), let table = tables[subject],
                let id = integer(line, "subject_id"), subjects[table]?.contains(id) == true
            else { continue }
            var line = line
            line["owner"] = .null
            line["lease_until"] = .null
            try insert("publication", line)
        }
    }

    /// What the ledger says of reading, and of the drops that were carried over.
    private mutating func carryEvents() throws {
        let kinds = [
            "examAssigned", "packetMade", "readSealed", "readRetracted", "quorumReached", "determined", "published",
            "withdrawn", "demoted", "recalled", "reportStored", "reportChanged", "requested", "released", "examHeld",
            "examFreed", "restoreDrilled", "deleted", "filesRemoved", "examReferred", "referralEnded", "patientsMerged",
            "examSettled",
        ]
        let deleted = try DeletedExams.studies(of: old)
        for line in try old.lines("event") {
            guard let kind = line["kind"].flatMap({ String.fromDatabaseValue($0) }),
                var act = line["act"].flatMap({ String.fromDatabaseValue($0) })
            else { continue }
            let drop = integer(line, "drop_id")
            // The packs tell when the images came that are there; of those that were deleted only the ledger does.
            let isOfDeleted = kind == "instancesStored" && integer(line, "study_id").map(deleted.contains) == true
            guard kinds.contains(kind) || isOfDeleted || drop.map({ drops[$0] != nil }) == true else { continue }
            if let study = integer(line, "study_id"), let here = studies[study] {
                act = Self.renamed(
                    act, of: ["examAssigned", "packetMade", "quorumReached", "determined"].contains(kind), study, here)
            }
            if let drop, let here = drops[drop], drop != here {
                act = act.replacingOccurrences(of: DropID(drop).description, with: DropID(here).description)
            }
            var line = line
            line["id"] = nil
            line["act"] = act.databaseValue
            try insert("event", line, orSkip: true)
        }
    }

    /// Acts name exams by their row.
    private static func renamed(_ act: String, of isNamed: Bool, _ study: Int64, _ here: Int64) -> String {
        var parts = act.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard isNamed, parts.count > 1, parts[1] == String(study) else { return act }
        parts[1] = String(here)
        return parts.joined(separator: ":")
    }

    /// Has everybody look again: what was dealt with already is left as it is.
    private func noteChanges() throws {
        for what in [ExamChange.reads, .result] {
            try database.execute(
                kept: """
                    INSERT INTO exam_change (study_id, what, changed_at, revision)
                    SELECT study_id, ?, MAX(sealed_at), (SELECT COALESCE(MAX(id), 0) + 1 FROM event) FROM diagnosis
                    WHERE status IN ('sealed', 'replaced') AND study_id IN (SELECT id FROM study WHERE deleted_at IS NULL)
                    GROUP BY study_id
                    ON CONFLICT (study_id, what) DO NOTHING
                    """,
                arguments: [what.rawValue])
        }
    }

    /// Writes a row with the numbers that exams and drops have here.
    ///
    /// - Returns: false when it names what is not here.
    @discardableResult
    private mutating func insert(_ table: String, _ line: OldCatalog.Line, orSkip: Bool = false) throws -> Bool {
        var line = line
        if let study = integer(line, "study_id") {
            guard let here = studies[study] else {
                noteLost(study)
                return false
            }
            line["study_id"] = here.databaseValue
        }
        if let drop = integer(line, "drop_id") {
            if let here = drops[drop] {
                line["drop_id"] = here.databaseValue
            } else if table == "event" || table == "assignment" {
                line["drop_id"] = .null
            } else {
                return false
            }
        }
        try write(table, line, orSkip: orSkip)
        return true
    }

    private mutating func write(_ table: String, _ line: OldCatalog.Line, orSkip: Bool = false) throws {
        let known = try columns[table] ?? Set(database.columns(in: table).map(\.name))
        columns[table] = known
        let names = line.keys.filter { known.contains($0) }.sorted()
        let marks = names.map { _ in "?" }.joined(separator: ", ")
        try database.execute(
            sql: "INSERT INTO \(table) (\(names.joined(separator: ", "))) VALUES (\(marks))"
                + (orSkip ? " ON CONFLICT DO NOTHING" : ""),
            arguments: StatementArguments(names.map { line[$0] ?? .null }))
    }

    private mutating func noteLost(_ study: Int64) {
        let key = oldKeys[study] ?? "study \(study)"
        guard lost.insert(key).inserted else { return }
        gaps.append(
            CarryOverGap(
                exam: key,
                reason:
                    "no image of this exam is in the archive: its assignments, reads and results are only in the old catalogue"
            ))
    }

    private func integer(_ line: OldCatalog.Line, _ column: String) -> Int64? {
        line[column].flatMap { Int64.fromDatabaseValue($0) }
    }
}
