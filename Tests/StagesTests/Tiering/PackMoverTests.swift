// What a killed move may leave, each put in order: one verified copy stays, and the catalogue says where.

import Foundation
import Logging
import TestSupport
import Testing

@testable import Archive
@testable import Catalog
@testable import Configuration
@testable import Files
@testable import Pipeline
@testable import Stages

@Suite struct PackMoverTests {
    private struct Place {
        let folder: TemporaryFolder
        let site: SiteContext
        let leases: LeaseKeeper
        let pack: PackRecord

        var mover: PackMover { PackMover(site: site, leases: leases) }
        var location: PackLocation { PackLocation(pack) }
        var slow: Tier { site.tiers[1] }

        func path(_ tier: Tier) throws -> String { try #require(tier.path(of: location)) }

        /// As a worker that was killed leaves it before it counts on the copy.
        func copyAndDie() throws {
            #expect(try site.catalog.beginMove(pack, to: "slow", owner: "dead"))
            _ = try PackCopy(location, from: site.fast, to: slow, worker: "dead").make()
            try site.catalog.abandonMove(pack: pack.pack, owner: "dead")
        }

        func damage(_ tier: Tier) throws {
            let path = try path(tier)
            var bytes = try Paths.read(path)
            bytes[bytes.count / 2] ^= 1
            try Paths.write(bytes, to: path)
        }

        var places: [String] {
            get throws {
                [site.fast, slow].filter { $0.path(of: location) != nil }.map(\.name)
                    + [try site.catalog.tier(ofPack: pack.digest) ?? "none"]
            }
        }
    }

    private static let at = "2026-11-20T10:00:00+00:00"

    private func place() throws -> Place {
        let folder = try TemporaryFolder()
        try Paths.makeDirectories(folder.path + "/pipelines")
        for file in DefaultConfiguration.files {
            try Paths.write(Array(file.text.utf8), to: "\(folder.path)/pipelines/\(file.name)")
        }
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let clock = try #require(SiteClock(asOf: Self.at, timeZone: "UTC"))
        let site = try SiteContext(
            root: folder.path, configuration: try SiteConfiguration.load(root: folder.path), clock: clock,
            logger: logger)
        let leases = LeaseKeeper(
            try WorkerIdentity(folder: site.layout.path + "/active", unique: "live"), clock: clock)
        try store(site)
        return Place(
            folder: folder, site: site, leases: leases, pack: try #require(try site.catalog.packs(ofStudy: 1).first))
    }

    /// One pack of one exam, in the archive and in the catalogue.
    private func store(_ site: SiteContext) throws {
        let staging = try site.fast.freshStaging(for: "d-1", worker: "w")
        let series = PackSeries(
            facility: "northside", exam: "northside_A-1", patientID: "P", issuerOfPatientID: "",
            studyInstanceUID: "1.2", seriesInstanceUID: "1.2.3")
        let writer = PackWriter(series: series, staging: staging, stagingName: FileName("0"))
        let bytes = [UInt8](repeating: 7, count: 100_000)
        let digest = SHA256.digest(of: bytes)
        let offset = try bytes.withUnsafeBytes {
            try writer.append([$0], sopInstanceUID: "1.2.3.4", sha256: digest, conflict: false)
        }
        let drop = PackManifest.Drop(sha256: digest.hex, name: "d", byteCount: 1, attested: true)
        let pack = try writer.seal(drop: drop, number: 1)
        try PackInstaller(tier: site.fast).install(
            [pack], from: staging, stamp: PackStamp(receivedAt: 1, dropNumber: 1))
        let record = try site.catalog.restoreDrop(
            DropID(1), party: "northside", name: FileName("d"), sha256: digest, byteCount: 1, attested: true,
            at: Self.at)
        try site.catalog.restore(
            DropOutcome(
                sha256: digest, byteCount: 1, attested: true, status: "accepted", reason: nil, isHeld: false,
                series: [
                    DropOutcome.SeriesFacts(
                        patientID: "P", issuer: "", patientAttributes: "{}", examKey: "northside_A-1",
                        studyInstanceUID: "1.2", accessionNumber: "A-1", studyDate: "20261120", studyAttributes: "{}",
                        seriesInstanceUID: "1.2.3", modality: "MG", bodyPart: "", seriesAttributes: "{}")
                ],
                packs: [
                    DropOutcome.PackFacts(
                        series: 0, digest: pack.digest, tier: "fast", byteCount: pack.byteCount, memberCount: 1)
                ],
                instances: [
                    DropOutcome.InstanceFacts(
                        pack: 0, sopInstanceUID: "1.2.3.4", offset: offset, byteCount: Int64(bytes.count),
                        sha256: digest, conflict: false, attributes: "{}")
                ], files: []), of: record, at: Self.at)
    }

    @Test func aMoveLeavesOneCopy() throws {
        let place = try place()
        let byteCount = try place.mover.move(place.pack, of: 1, to: place.slow, .demotion("test"))
        #expect(byteCount == Paths.status(try place.path(place.slow))?.byteCount)
        #expect(try place.places == ["slow", "slow"])
        #expect(try !place.site.catalog.isMoving(pack: place.pack.pack))
        #expect(try place.slow.fault(of: place.location) == nil)
    }

    @Test func aCopyThatNobodyCountedOnGoes() throws {
        let place = try place()
        try place.copyAndDie()
        #expect(try place.places == ["fast", "slow", "fast"])
        let settled = try place.mover.settleAbandoned()
        #expect(settled.settled == 1 && settled.faults.isEmpty)
        #expect(try place.places == ["fast", "fast"])
    }

    @Test func whereTheCopyThatCountsIsDamagedTheOtherOneCounts() throws {
        let place = try place()
        try place.copyAndDie()
        try place.damage(place.site.fast)
        #expect(try place.mover.settleAbandoned().faults.count == 1)
        #expect(try place.places == ["fast", "slow", "slow"])
        #expect(try place.slow.fault(of: place.location) == nil)
    }

    @Test func ofTwoDamagedCopiesNoneIsRemoved() throws {
        let place = try place()
        try place.copyAndDie()
        try place.damage(place.site.fast)
        try place.damage(place.slow)
        #expect(try place.mover.settleAbandoned().faults.count == 1)
        #expect(try place.places == ["fast", "slow", "fast"] && place.site.catalog.isMoving(pack: place.pack.pack))
    }

    @Test func aDamagedPackIsNotMoved() throws {
        let place = try place()
        try place.damage(place.site.fast)
        #expect(throws: ArchiveError.self) {
            try place.mover.move(place.pack, of: 1, to: place.slow, .demotion("test"))
        }
        #expect(try place.places == ["fast", "fast"])
    }

    @Test func whatSomebodyElseMovesIsLeftToThem() throws {
        let place = try place()
        #expect(try place.site.catalog.beginMove(place.pack, to: "slow", owner: "other"))
        #expect(try place.mover.move(place.pack, of: 1, to: place.slow, .demotion("test")) == nil)
        #expect(try place.mover.settleAbandoned().settled == 0 && place.places == ["fast", "fast"])
    }

    @Test func aTierThatIsNotMountedGetsNothingAndLosesNothing() throws {
        let place = try place()
        try place.copyAndDie()
        try OpenDirectory.open(place.slow.path).removeFile(FileName(Tier.markerName))
        #expect(try place.mover.settleAbandoned().settled == 0)
        #expect(throws: ArchiveError.self) {
            try place.mover.move(place.pack, of: 1, to: place.slow, .demotion("test"))
        }
        #expect(try place.site.catalog.tier(ofPack: place.pack.digest) == "fast")
    }
}
