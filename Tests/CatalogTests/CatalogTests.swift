// The catalogue: one row a waiting drop, leases, and commits that are whole or not at all.

import Foundation
import TestSupport
import Testing

@testable import Catalog
@testable import Files

@Suite struct CatalogTests {
    private static let at = "2026-11-20T10:00:00+00:00"

    private func open(_ folder: TemporaryFolder) throws -> Catalog {
        let catalog = try Catalog(path: folder.path + "/catalog.sqlite")
        try catalog.noteTier("fast", path: "archive/fast", at: Self.at)
        return catalog
    }

    private func observe(_ catalog: Catalog, party: String = "northside", signature: Int64 = 1) throws -> DropRecord {
        let sighting = Sighting(
            party: party, kind: "images", name: FileName("day1.zip"), isFolder: false, signature: signature)
        return try #require(try catalog.observe([sighting], at: Self.at).first)
    }

    private func request(_ owner: String, now: Int64 = 0, dead: [String] = []) -> LeaseRequest {
        LeaseRequest(owner: owner, now: now, until: now + 1000, policyNow: now, deadOwners: dead)
    }

    private func lease(_ catalog: Catalog, _ drop: DropRecord, _ request: LeaseRequest) throws -> Work? {
        try catalog.lease(pipeline: "images", stage: "receive", drop: drop.id, request)
    }

    private func outcome(_ catalog: Catalog, party: String, generation: Int64? = nil) throws -> DropOutcome {
        let digest = SHA256.digest(of: party)
        return DropOutcome(
            sha256: SHA256.digest(of: "drop"), byteCount: 10, attested: true, status: "accepted", reason: nil,
            isHeld: false,
            series: [
                DropOutcome.SeriesFacts(
                    patientID: "P", issuer: "", patientAttributes: "{}", examKey: "\(party)_A-1",
                    studyInstanceUID: "1.2", accessionNumber: "A-1", studyDate: "20261120", studyAttributes: "{}",
                    seriesInstanceUID: "1.2.3", modality: "MG", bodyPart: "BREAST", seriesAttributes: "{}")
            ],
            packs: [DropOutcome.PackFacts(series: 0, digest: digest, tier: "fast", byteCount: 2048, memberCount: 1)],
            instances: [
                DropOutcome.InstanceFacts(
                    pack: 0, sopInstanceUID: "1.2.3.4", offset: 512, byteCount: 10, sha256: digest, conflict: false,
                    attributes: "{}")
            ],
            files: [DropOutcome.FileFacts(path: "IM1", status: .stored, instance: .new(0))],
            generation: try generation ?? catalog.generation(party: party))
    }

    private func store(_ catalog: Catalog, party: String) throws -> DropRecord {
        let drop = try observe(catalog, party: party)
        let work = try #require(try lease(catalog, drop, request("w")))
        try catalog.commit(try outcome(catalog, party: party), of: drop, work: work, owner: "w", at: Self.at)
        return try #require(try catalog.drop(drop.id))
    }

    @Test func aDropKeepsItsNumberWhileItWaits() throws {
        let folder = try TemporaryFolder()
        let catalog = try open(folder)
        let first = try observe(catalog)
        #expect(try observe(catalog, signature: 2).id == first.id)
        #expect(first.id.description == "d-000001")
        #expect(try observe(catalog, party: "southside").id != first.id)
    }

    @Test func aLeaseIsHeldByOneUntilItEndsOrItsOwnerDies() throws {
        let folder = try TemporaryFolder()
        let catalog = try open(folder)
        let drop = try observe(catalog)
        #expect(try lease(catalog, drop, request("a")) != nil)
        #expect(try lease(catalog, drop, request("b", now: 999)) == nil)
        #expect(try lease(catalog, drop, request("b", now: 999, dead: ["a"])) != nil)
        #expect(try lease(catalog, drop, request("c", now: 5000)) != nil)
    }

    @Test func aPostponedDropWaits() throws {
        let folder = try TemporaryFolder()
        let catalog = try open(folder)
        let drop = try observe(catalog)
        let work = try #require(try lease(catalog, drop, request("a")))
        try catalog.postpone(work, owner: "a", until: 500, now: 10, error: "disk full")
        #expect(try lease(catalog, drop, request("a", now: 499)) == nil)
        let again = try #require(try lease(catalog, drop, request("a", now: 500)))
        #expect(again.attempt == 1)
        #expect(again.lastError == "disk full")
    }

    @Test func whatALateWorkerCommitsChangesNothing() throws {
        let folder = try TemporaryFolder()
        let catalog = try open(folder)
        let drop = try observe(catalog)
        let work = try #require(try lease(catalog, drop, request("a")))
        _ = try lease(catalog, drop, request("b", dead: ["a"]))
        #expect(throws: CatalogError.self) {
            try catalog.commit(
                try outcome(catalog, party: "northside"), of: drop, work: work, owner: "a", at: Self.at)
        }
        #expect(try catalog.instanceCount() == 0)
    }

    @Test func aCommitThatWasOvertakenWritesNothing() throws {
        let folder = try TemporaryFolder()
        let catalog = try open(folder)
        _ = try store(catalog, party: "northside")
        let drop = try observe(catalog)
        let work = try #require(try lease(catalog, drop, request("w")))
        #expect(throws: CatalogError.self) {
            try catalog.commit(
                try outcome(catalog, party: "northside", generation: 0), of: drop, work: work, owner: "w", at: Self.at)
        }
        #expect(try catalog.instanceCount() == 1)
        #expect(try catalog.drop(drop.id)?.state == .waiting)
    }

    @Test func twoFacilitiesWithTheSameUIDsNeverSeeEachOther() throws {
        let folder = try TemporaryFolder()
        let catalog = try open(folder)
        _ = try store(catalog, party: "northside")
        #expect(try catalog.instances(party: "southside", sopInstanceUIDs: ["1.2.3.4"]) == [[]])
        #expect(try catalog.studies(party: "southside", studyInstanceUID: "1.2").isEmpty)
        _ = try store(catalog, party: "southside")
        #expect(try catalog.instances(party: "northside", sopInstanceUIDs: ["1.2.3.4"]).map(\.count) == [1])
        var keys: [String] = []
        try catalog.forEachExam(ExamSearch()) { keys.append($0.key) }
        #expect(keys == ["northside_A-1", "southside_A-1"])
    }

    @Test func aSecondDropOfTheSameNameAndBytesHasAReceiptOfItsOwn() throws {
        let folder = try TemporaryFolder()
        let catalog = try open(folder)
        let short = SHA256.digest(of: "drop").short
        #expect(try store(catalog, party: "northside").receipt == "images.day1.zip.\(short).json")
        let drop = try observe(catalog)
        let work = try #require(try lease(catalog, drop, request("w")))
        let again = DropOutcome(
            sha256: SHA256.digest(of: "drop"), byteCount: 10, attested: true, status: "duplicate", reason: nil,
            isHeld: false)
        try catalog.commit(again, of: drop, work: work, owner: "w", at: Self.at)
        #expect(try catalog.drop(drop.id)?.receipt == "images.day1.zip.\(short).2.json")
    }

    @Test func aCommittedDropWaitsForItsReceiptAlone() throws {
        let folder = try TemporaryFolder()
        let catalog = try open(folder)
        let drop = try store(catalog, party: "northside")
        #expect(try catalog.allWork().map(\.stage) == ["publish"])
        var lines: [String] = []
        try catalog.forEachFile(of: drop.id) { lines.append("\($0.path) \($0.status) \($0.sopInstanceUID ?? "")") }
        #expect(lines == ["IM1 stored 1.2.3.4"])
        #expect(try catalog.exams(of: drop.id).map(\.key) == ["northside_A-1"])
        #expect(try catalog.events(ofDrop: drop.id).map(\.kind) == ["dropReceived", "instancesStored"])
    }
}
