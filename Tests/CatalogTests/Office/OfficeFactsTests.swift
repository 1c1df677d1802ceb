// What the page of an office asks the catalogue: open readings follow assignments and reads, and nothing costs more because
// the site has run for long.

import Foundation
import GRDB
import TestSupport
import Testing

@testable import Catalog

@Suite struct OfficeFactsTests {
    /// A site with so many exams of the past, each answered and with a result, and as many drops, of one party.
    private static func catalog(_ folder: TemporaryFolder, exams: Int) throws -> Catalog {
        let catalog = try Catalog(path: "\(folder.path)/\(exams).sqlite")
        let numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(exams))"
        try catalog.write { database in
            for statement in [
                "INSERT INTO party (id, name) VALUES (1, 'north')",
                "INSERT INTO patient (id, party_id, patient_id, issuer, attributes) VALUES (1, 1, 'P', '', '{}')",
                """
                \(numbers) INSERT INTO intake (id, party, kind, name, state, is_folder, signature, first_seen_at, changed_at,
                    byte_count, received_at, status)
                SELECT i, 'north', 'images', CAST('d' || i AS BLOB), 'done', 0, i, '', '', 1000,
                    date('2026-01-01', '-' || (i / 20) || ' days') || 'T10:00:00+00:00', 'accepted' FROM n
                """,
                """
                \(numbers) INSERT INTO study (id, party_id, patient_row, exam_key, study_uid, accession_number, study_date,
                    attributes, first_stored_at, last_stored_at) SELECT i, 1, 1, 'north_' || i, '1.' || i, i, '', '{}', '', ''
                FROM n
                """,
                """
                \(numbers) INSERT INTO assignment (study_id, reader, round, protocol, origin, sees_reads, assigned_at)
                SELECT i, 'sato', 1, 'p', 'protocol', 0, '2026-01-01T00:00:00+00:00' FROM n
                """,
                """
                \(numbers) INSERT INTO diagnosis (drop_id, position, reader, facility, accession_number, study_uid, study_id,
                    round, label, findings, read_at, read_seconds, digest, status, was_blind, sealed_at, seal_order)
                SELECT i, 0, 'sato', 'north', i, '', i, 1, 'normal', '[]', '', 0, CAST(printf('%032d', i) AS BLOB), 'sealed', 1, '', i
                FROM n
                """,
                """
                \(numbers) INSERT INTO determination (study_id, version, status, label, rule_version, inputs, determined_at,
                    content) SELECT i, 1, 'determined', 'normal', 'r', CAST(printf('%032d', i) AS BLOB), '', '{"minority":[]}' FROM n
                """,
                "\(numbers) INSERT INTO notice (study_id, name, count, total, at) SELECT i, 'quorum-2', 2, 3, '' FROM n",
                """
                \(numbers) INSERT INTO storage_day (party_id, tier, day, byte_delta, moment_high, moment_low, event_count)
                SELECT 1, 'fast', 20454 - i, 5, 0, 0, 1 FROM n
                """,
                "INSERT INTO storage_balance (party_id, tier, byte_count) VALUES (1, 'fast', 5 * \(exams))",
                "ANALYZE",
            ] { try database.execute(sql: statement) }
            try OpenReadings.remake(database)
        }
        return catalog
    }

    /// Seconds that every question of a page takes, at best.
    private static func seconds(_ catalog: Catalog) throws -> Double {
        var best = Double.infinity
        for _ in 0..<5 {
            let start = ContinuousClock.now
            #expect(
                try catalog.arrivals(of: "north", from: "2025-12-31", until: "2026-01-02").first?.dropCount == 20)
            #expect(try catalog.heard("north", before: "2026-01-02", limit: 20).days.count == 20)
            #expect(try catalog.openReadings().isEmpty)
            #expect(try catalog.examsWithoutResult() == 0)
            #expect(try catalog.newestNotices(office: "office", limit: 20).count == 20)
            #expect(try catalog.newestResults(office: "office", limit: 20).count == 20)
            #expect(try catalog.newestDocuments(office: "office", limit: 20).isEmpty)
            #expect(try catalog.drafts().isEmpty)
            #expect(try catalog.storageDeltas(from: 20424).count == 30)
            #expect(try catalog.storageBalances().count == 1)
            #expect(try catalog.openDrops().isEmpty)
            #expect(try catalog.heldDrops().isEmpty)
            #expect(try catalog.unpublished().isEmpty)
            #expect(try catalog.waitingDiagnoses().isEmpty)
            #expect(try catalog.waitingReports().isEmpty)
            best = min(best, (ContinuousClock.now - start) / .seconds(1))
        }
        return best
    }

    @Test func aPageCostsTheSameHoweverLongTheSiteHasRun() throws {
        let folder = try TemporaryFolder()
        let young = try Self.seconds(try Self.catalog(folder, exams: 1000))
        let old = try Self.seconds(try Self.catalog(folder, exams: 100_000))
        #expect(old < 3 * young + 0.002, "\(young) s of 1000 exams, \(old) s of 100,000")
    }

    @Test func onlyWhatIsAnsweredIsNotOpen() throws {
        let catalog = try Self.catalog(try TemporaryFolder(), exams: 3)
        func open() throws -> [String] {
            try catalog.read { try String.fetchAll($0, sql: "SELECT study_id || ' ' || reader FROM open_reading") }
        }
        func change(_ sql: String) throws {
            try catalog.write { database in
                try database.execute(sql: sql)
                for study in 1...3 { try OpenReadings.remake(database, study: Int64(study)) }
            }
        }
        #expect(try open() == [])
        // Withdrawn, by its reader; another reader's word withdraws nothing.
        let withdraw = """
            INSERT INTO diagnosis (drop_id, position, reader, facility, accession_number, study_uid, study_id, round, findings,
                read_at, read_seconds, retracts, digest, status, was_blind, sealed_at, seal_order)
            SELECT 1, id + 10, '%', 'north', '', '', study_id, 1, '[]', '', 1, digest, CAST(printf('%032d', id + 100) AS BLOB),
                'sealed', 1, '', id + 100 FROM diagnosis WHERE id = 2
            """
        try change(withdraw.replacingOccurrences(of: "'%'", with: "'ito'"))
        #expect(try open() == [])
        try change("DELETE FROM diagnosis WHERE reader = 'ito'")
        try change(withdraw.replacingOccurrences(of: "'%'", with: "'sato'"))
        #expect(try open() == ["2 sato"])
        #expect(try catalog.openReadings().first?.withoutResult == 0)
        try change("DELETE FROM determination WHERE study_id = 2")
        #expect(try catalog.openReadings().first?.withoutResult == 1)
        #expect(try catalog.examsWithoutResult() == 1)
        // An answer of another round is none; a refused one neither.
        try change("UPDATE diagnosis SET round = 2 WHERE id = 1")
        try change("UPDATE diagnosis SET status = 'refused' WHERE id = 3")
        #expect(try open() == ["1 sato", "2 sato", "3 sato"])
        try change("UPDATE study SET deleted_at = 'now' WHERE id = 1")
        #expect(try open() == ["2 sato", "3 sato"])
        let before = try open()
        try catalog.write { try OpenReadings.remake($0) }
        #expect(try open() == before)
    }

    @Test func aDropCountsOnceAndAcknowledgementsDoNot() throws {
        let catalog = try Self.catalog(try TemporaryFolder(), exams: 40)
        try catalog.write { database in
            try database.execute(sql: "UPDATE intake SET kind = 'acks' WHERE id = 1")
            try database.execute(sql: "UPDATE intake SET released_from = 3 WHERE id = 2")
            try database.execute(sql: "UPDATE intake SET status = NULL WHERE id = 4")
        }
        #expect(try catalog.arrivals(of: "north", from: "2026-01-01", until: "2026-01-02").map(\.dropCount) == [16])
        let heard = try catalog.heard("north", before: "2026-01-02", limit: 9)
        #expect(heard.last == "2026-01-01T10:00:00+00:00" && heard.days == ["2026-01-01", "2025-12-31", "2025-12-30"])
        #expect(try catalog.heard("north", before: "2026-01-01", limit: 1).days == ["2025-12-31"])
        #expect(try catalog.heard("south", before: "2026-01-01", limit: 1).last == nil)
    }
}
