// Linking one drop costs the same however much there is: the same statements, and none of them looks a table through.

import Files
import Foundation
import GRDB
import Radiology
import Synchronization
import TestSupport
import Testing

@testable import Catalog

@Suite struct LiaisonCostTests {
    private static let at = "2026-11-20T10:00:00+00:00"
    private static let facilities = [
        "northside": LiaisonFacility(ownIssuer: "N", recipients: ["northside"], asksForExams: true)
    ]

    private func lease(_ catalog: Catalog, _ kind: String, _ name: String) throws -> (DropRecord, Work) {
        let sighting = Sighting(party: "northside", kind: kind, name: FileName(name), isFolder: false, signature: 1)
        let drop = try #require(try catalog.observe([sighting], at: Self.at).first)
        let request = LeaseRequest(owner: "w", now: 0, until: 1000, policyNow: 0, deadOwners: [])
        let work = try #require(try catalog.lease(pipeline: kind, stage: "receive", drop: drop.id, request))
        return (drop, work)
    }

    /// One exam for each patient.
    private func store(_ patients: Range<Int>, _ catalog: Catalog) throws {
        let (drop, work) = try lease(catalog, "images", "images-\(patients.lowerBound)")
        let numbers = Array(patients)
        let outcome = DropOutcome(
            sha256: SHA256.digest(of: "images-\(patients.lowerBound)"), byteCount: 1, attested: true,
            status: "accepted",
            reason: nil, isHeld: false,
            series: numbers.map {
                DropOutcome.SeriesFacts(
                    patientID: "P-\($0)", issuer: "", patientAttributes: "{}", examKey: "northside_A-\($0)",
                    studyInstanceUID: "1.\($0)", accessionNumber: "A-\($0)", studyDate: "20261120",
                    studyAttributes: "{}", seriesInstanceUID: "1.\($0).1", modality: "MG", bodyPart: "",
                    seriesAttributes: "{}")
            },
            packs: numbers.indices.map {
                DropOutcome.PackFacts(
                    series: $0, digest: SHA256.digest(of: "pack \(numbers[$0])"), tier: "fast", byteCount: 1,
                    memberCount: 1)
            },
            instances: numbers.indices.map {
                DropOutcome.InstanceFacts(
                    pack: $0, sopInstanceUID: "1.\(numbers[$0]).1.1", offset: 512, byteCount: 1,
                    sha256: SHA256.digest(of: "image \(numbers[$0])"), conflict: false, attributes: "{}")
            },
            files: [], generation: try catalog.generation(party: "northside"))
        try catalog.commit(outcome, of: drop, work: work, owner: "w", at: Self.at)
    }

    private func dropChart(_ patients: Range<Int>, _ catalog: Catalog, name: String) throws {
        let (drop, work) = try lease(catalog, "charts", name)
        let entries = patients.flatMap { patient in
            (0..<3).map { place in
                ChartEntry(
                    name: "\(name)-\(patient)-\(place)", kind: .encounter,
                    patient: PatientIdentity(patientID: "P-\(patient)"),
                    accessionNumbers: place == 0 ? ["A-\(patient)"] : [], time: "2026-11-2\(place)")
            }
        }
        let digest = SHA256.digest(of: name)
        let chart = NewChart(
            facility: "northside", position: 0, item: ChartItem(name: name, entries: entries), patientDigests: [],
            entryDigests: entries.map { SHA256.digest(of: $0.name) })
        try catalog.commit(
            ItemsOutcome(
                sha256: digest, byteCount: 1, attested: true, status: "accepted", reason: nil, isHeld: false,
                content: nil,
                items: [ItemFacts(position: 0, name: name, status: .accepted, reason: nil, sha256: digest)],
                effects: [.chart(chart)]), of: drop, work: work, owner: "w", at: Self.at)
    }

    private func link(_ catalog: Catalog) throws {
        while true {
            let dues = try catalog.dueLiaison(.patient, limit: 200) + catalog.dueLiaison(.exam, limit: 200)
            guard !dues.isEmpty else { return }
            try catalog.relink(dues, facilities: Self.facilities, at: Self.at)
        }
    }

    /// The statements by which a chart of one patient, and an exam of one, are taken in and linked.
    private func statements(_ catalog: Catalog, number: Int) throws -> [String] {
        let seen = Mutex<[String]>([])
        catalog.pool.writeWithoutTransaction { database in
            database.trace { event in
                if case .statement(let statement) = event { seen.withLock { $0.append(statement.sql) } }
            }
        }
        try dropChart(1..<2, catalog, name: "one-\(number)")
        try link(catalog)
        try store(1_000_000 + number..<1_000_001 + number, catalog)
        try link(catalog)
        catalog.pool.writeWithoutTransaction { $0.trace(options: []) }
        return seen.withLock { $0 }
    }

    private func plan(_ sql: String, _ catalog: Catalog) throws -> [String] {
        try catalog.pool.read { database in
            let statement = try database.makeStatement(sql: "EXPLAIN QUERY PLAN \(sql)")
            statement.setUncheckedArguments([])
            return try Row.fetchAll(statement).map { $0["detail"] as String }
        }
    }

    @Test func oneDropCostsTheSameAtAnySize() throws {
        let folder = try TemporaryFolder()
        let catalog = try Catalog(path: folder.path + "/catalog.sqlite")
        try catalog.noteTier("fast", path: "archive/fast", at: Self.at)
        try store(0..<10, catalog)
        try dropChart(0..<10, catalog, name: "few")
        try link(catalog)
        // The first one of all prepares and makes what later ones find.
        _ = try statements(catalog, number: 0)
        let few = try statements(catalog, number: 1)
        try store(10..<800, catalog)
        try dropChart(10..<800, catalog, name: "many")
        try link(catalog)
        let many = try statements(catalog, number: 2)
        #expect(few.count > 20)
        // The patient whose chart it is has three more entries, which are looked at with those before.
        #expect(many.count - few.count <= 12, "\(few.count) statements with few, \(many.count) with many")
        let questions = Set(many).filter { ["SELECT", "UPDATE", "DELETE"].contains($0.prefix(6).uppercased()) }
        #expect(questions.count > 10)
        // The last row of all is one row.
        for sql in questions.sorted() where !sql.hasSuffix("ORDER BY id DESC LIMIT 1") {
            let scans = try plan(sql, catalog).filter { $0.hasPrefix("SCAN") && $0 != "SCAN CONSTANT ROW" }
            #expect(scans.isEmpty, "\(sql): \(scans)")
        }
    }
}
