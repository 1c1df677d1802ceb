// Last uses, moves and recalls as rows: who may take what, and what is done twice.

import Foundation
import TestSupport
import Testing

@testable import Catalog
@testable import Files

@Suite struct TierRowsTests {
    private func open(_ folder: TemporaryFolder) throws -> Catalog {
        let catalog = try Catalog(path: folder.path + "/catalog.sqlite")
        for tier in ["fast", "slow"] { try catalog.noteTier(tier, path: tier, at: "2026-11-20T10:00:00Z") }
        for (number, at) in ["2026-11-20T10:00:00+09:00", "2026-11-20T02:00:00Z"].enumerated() {
            let digest = SHA256.digest(of: "pack \(number)")
            let drop = try catalog.restoreDrop(
                DropID(Int64(number + 1)), party: "northside", name: FileName("d\(number)"), sha256: digest,
                byteCount: 1, attested: true, at: at)
            let outcome = DropOutcome(
                sha256: digest, byteCount: 1, attested: true, status: "accepted", reason: nil, isHeld: false,
                series: [
                    DropOutcome.SeriesFacts(
                        patientID: "P", issuer: "", patientAttributes: "{}", examKey: "northside_\(number)",
                        studyInstanceUID: "1.\(number)", accessionNumber: "\(number)", studyDate: "2026112\(number)",
                        studyAttributes: "{}", seriesInstanceUID: "1.\(number).1", modality: "MG", bodyPart: "",
                        seriesAttributes: "{}")
                ],
                packs: [
                    DropOutcome.PackFacts(series: 0, digest: digest, tier: "fast", byteCount: 2048, memberCount: 1)
                ],
                instances: [
                    DropOutcome.InstanceFacts(
                        pack: 0, sopInstanceUID: "1.\(number).1.1", offset: 512, byteCount: 10, sha256: digest,
                        conflict: false, attributes: "{}")
                ], files: [])
            try catalog.restore(outcome, of: drop, at: at)
        }
        return catalog
    }

    private func demotable(_ catalog: Catalog, upTo seconds: Int64 = .max) throws -> [String] {
        try catalog.demotableExams(in: "fast", usedUpTo: seconds, after: nil, limit: 10).map(\.examKey)
    }

    private func request(_ owner: String, dead: [String] = []) -> LeaseRequest {
        LeaseRequest(owner: owner, now: 0, until: 1, policyNow: 0, deadOwners: dead)
    }

    @Test func theLeastRecentlyUsedComesFirstByTheInstantNotTheText() throws {
        let folder = try TemporaryFolder()
        let catalog = try open(folder)
        #expect(try demotable(catalog) == ["northside_0", "northside_1"])
        try catalog.noteUse(study: 1, at: "2026-11-20T12:00:01+09:00")
        #expect(try demotable(catalog) == ["northside_1", "northside_0"])
        // An earlier use changes nothing.
        try catalog.noteUse(study: 1, at: "2026-11-01T00:00:00Z")
        #expect(try catalog.lastUse(study: 1) == "2026-11-20T12:00:01+09:00")
        let last = try #require(try catalog.demotableExams(in: "fast", usedUpTo: .max, after: nil, limit: 1).first)
        #expect(try catalog.demotableExams(in: "fast", usedUpTo: .max, after: last, limit: 9).map(\.study) == [1])
    }

    @Test func aMoveHasOneOwnerUntilThatOneIsDead() throws {
        let folder = try TemporaryFolder()
        let catalog = try open(folder)
        let pack = try #require(try catalog.packs(ofStudy: 1).first)
        #expect(try catalog.beginMove(pack, to: "slow", owner: "a"))
        #expect(try !catalog.beginMove(pack, to: "slow", owner: "b"))
        #expect(try catalog.leaseOwners() == ["a"])
        #expect(try catalog.abandonedMoves(request("b")).isEmpty)
        let left = try #require(try catalog.abandonedMoves(request("b", dead: ["a"])).first)
        #expect(left.otherTier == "slow" && left.pack.tier == "fast")
        #expect(try catalog.takeMove(left, request("b", dead: ["a"])))
        #expect(try !catalog.takeMove(left, request("c")))
        #expect(throws: CatalogError.self) {
            try catalog.commitMove(
                pack, study: 1, to: "slow", as: .demoted, why: "", owner: "a", at: "2026-11-21T00:00:00Z")
        }
        try catalog.commitMove(
            pack, study: 1, to: "slow", as: .demoted, why: "w", owner: "b", at: "2026-11-21T00:00:00Z")
        #expect(try catalog.tier(ofPack: pack.digest) == "slow" && catalog.isMoving(pack: pack.pack))
        // What was asked of the pack's old place is refused.
        #expect(try !catalog.beginMove(pack, to: "slow", owner: "c"))
        try catalog.endMove(pack: pack.pack, owner: "b")
        #expect(try !catalog.isMoving(pack: pack.pack))
        #expect(try catalog.events(ofStudy: 1).filter { $0.kind == "demoted" }.map(\.byteCount) == [10])
    }

    @Test func aRecallIsAskedOnceAndKeepsTheExam() throws {
        let folder = try TemporaryFolder()
        let catalog = try open(folder)
        let at = "2026-11-21T00:00:00Z"
        #expect(try !catalog.askForRecall(study: 1, to: "fast", reason: "r", at: at))
        let pack = try #require(try catalog.packs(ofStudy: 1).first)
        #expect(try catalog.beginMove(pack, to: "slow", owner: "a"))
        try catalog.commitMove(pack, study: 1, to: "slow", as: .demoted, why: "", owner: "a", at: at)
        // The later exam's reading shows the earlier one; not the other way round.
        try catalog.askForRecall(ofReading: 1, to: "slow", at: at)
        #expect(try catalog.dueRecalls(now: 0).isEmpty)
        try catalog.askForRecall(ofReading: 2, to: "fast", at: at)
        try catalog.askForRecall(ofReading: 2, to: "fast", at: at)
        #expect(try catalog.dueRecalls(now: 0).map(\.examKey) == ["northside_0"])
        try catalog.postponeRecall(study: 1, until: 5, error: "e")
        #expect(try catalog.dueRecalls(now: 4).isEmpty && catalog.dueRecalls(now: 5).first?.attempt == 1)
        try catalog.endRecall(study: 1, at: at)
        #expect(try catalog.dueRecalls(now: 9).isEmpty && catalog.lastUse(study: 1) == at)
    }
}
