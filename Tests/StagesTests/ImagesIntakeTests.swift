// A drop's whole way in, on a real spool, archive and database: from the party's folder to sound packs and a receipt.

import Foundation
import TestSupport
import Testing

@testable import Archive
@testable import Bundles
@testable import Catalog
@testable import Files
@testable import Pipeline
@testable import Spool
@testable import Stages

@Suite struct ImagesIntakeTests {
    private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Fixtures/identity").path

    private struct Place {
        let folder: TemporaryFolder
        let layout: SpoolLayout
        let catalog: Catalog
        let tier: Tier
        let intake: ImagesIntake
        var incoming: String { layout.path + "/incoming/northside/images" }
    }

    private func place() throws -> Place {
        let folder = try TemporaryFolder()
        let layout = SpoolLayout(path: folder.path + "/spool")
        try layout.make()
        try layout.makeFolders(party: "northside", dropKinds: ["images"], pickupKinds: ["receipts"])
        let catalog = try Catalog(path: folder.path + "/catalog.sqlite")
        let tier = Tier(name: "fast", path: folder.path + "/fast")
        try tier.mark()
        try catalog.noteTier("fast", path: tier.path, at: "2026-11-20T10:00:00+00:00")
        let limits = BundleLimits(bytes: 1 << 30, entries: 1000, ratio: 200, depth: 1, pathLength: 4096)
        let intake = ImagesIntake(
            catalog: catalog, layout: layout, tier: tier,
            clock: try #require(SiteClock(asOf: "2026-11-20T10:00:00Z", timeZone: "UTC")),
            settings: IntakeSettings(defaultIssuer: "NORTHSIDE", limits: limits, threads: 2))
        return Place(folder: folder, layout: layout, catalog: catalog, tier: tier, intake: intake)
    }

    private func run(_ command: String, in folder: String) throws {
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments = ["-ec", command]
        shell.currentDirectoryURL = URL(fileURLWithPath: folder)
        try shell.run()
        shell.waitUntilExit()
        #expect(shell.terminationStatus == 0, "\(command)")
    }

    private func take(_ place: Place, _ name: String, settled: Bool = false) throws -> (IntakeResult, DropRecord) {
        let key = DropKey(party: "northside", kind: "images", name: FileName(name))
        let location = try #require(try place.layout.incomingLocation(key))
        let isFolder = try location.folder.status(of: key.name)?.kind == .directory
        let sighting = Sighting(
            party: key.party, kind: key.kind, name: key.name, isFolder: isFolder, signature: 1)
        let drop = try #require(try place.catalog.observe([sighting], at: "2026-11-20T10:00:00+00:00").first)
        let request = LeaseRequest(owner: "w", now: 0, until: 1, policyNow: 0, deadOwners: [])
        let work = try #require(
            try place.catalog.lease(pipeline: "images", stage: "receive", drop: drop.id, request))
        var expectation = DropExpectation.settled
        if !settled, case .expectation(let attested) = try Attestation(of: location, name: key.name, entryLimit: 100) {
            expectation = attested
        }
        let result = try place.intake.take(
            drop, at: location, expectation: expectation, work: work, owner: "w", onRead: { _ in })
        return (result, try #require(try place.catalog.drop(drop.id)))
    }

    private func findings(_ place: Place) throws -> [PackFinding] {
        var all: [PackFinding] = []
        try place.tier.forEachEntry { entry in
            guard case .pack(let path, _, let digest) = entry else { return }
            let reader = try PackReader(path: place.tier.path + "/" + path)
            all += try PackVerification.verify(reader, digest: try #require(SHA256Digest(hex: digest))).findings
        }
        return all
    }

    @Test(
        "every form of bundle",
        arguments: [
            "tar -cf day1 -C src .", "tar -czf day1 -C src .", "tar --zstd -cf day1 -C src .",
            "mkdir day1; cp src/* day1",
            "cd src && python3 -m zipfile -c ../day1 *",
        ])
    func bundle(command: String) throws {
        let place = try place()
        let source = place.folder.path + "/src"
        try Paths.makeDirectories(source)
        for name in ["original.dcm", "same_bytes_other_name.bin", "same_uid_other_pixels.dcm"] {
            try Paths.write(try Paths.read(Self.fixtures + "/" + name), to: source + "/" + name)
        }
        try Paths.write(Array("read me".utf8), to: source + "/README")
        try run(command, in: place.folder.path)
        try run("cp -r \(place.folder.path)/day1 .", in: place.incoming)
        let list = "if [ -d day1 ]; then cd day1; fi; find . -type f ! -name '*.sha256' | sort | xargs sha256sum"
        try run(
            "(\(list)) > /tmp/list.$$; sed -i 's|  \\./|  |' /tmp/list.$$; "
                + "(cat /tmp/list.$$; echo \"# end $(wc -l < /tmp/list.$$)\") > day1.sha256; rm /tmp/list.$$",
            in: place.incoming)
        let (result, drop) = try take(place, "day1")
        guard case .committed(let status, _) = result else {
            Issue.record("not committed: \(result)")
            return
        }
        #expect(status == "accepted")
        #expect(drop.attested == true)
        var lines: [String: String] = [:]
        try place.catalog.forEachFile(of: drop.id) { lines[Paths.lastComponent(of: $0.path)] = $0.status }
        #expect(lines["README"] == "ignored")
        #expect(Set(lines.values) == ["stored", "duplicate", "conflict", "ignored"])
        #expect(try findings(place).isEmpty)
        #expect(try OpenDirectory.open(place.incoming).names().isEmpty)
    }

    @Test func aWrongDigestWaitsAndIsNotTouched() throws {
        let place = try place()
        try Paths.write(try Paths.read(Self.fixtures + "/original.dcm"), to: place.incoming + "/a.dcm")
        let wrong = "\(String(repeating: "0", count: 64))  a.dcm\n# end 1\n"
        try Paths.write(Array(wrong.utf8), to: place.incoming + "/a.dcm.sha256")
        let (result, drop) = try take(place, "a.dcm")
        guard case .waiting(let missing, _, _) = result else {
            Issue.record("not waiting: \(result)")
            return
        }
        #expect(missing.map(\.path) == [Array("a.dcm".utf8)])
        #expect(drop.state == .waiting)
        #expect(Paths.exists(place.incoming + "/a.dcm"))
        #expect(try place.catalog.instanceCount() == 0)
    }

    @Test("a cut file is never taken unattested", arguments: ["truncated_900.dcm"])
    func cut(name: String) throws {
        let place = try place()
        try Paths.write(try Paths.read(Self.fixtures + "/" + name), to: place.incoming + "/" + name)
        let (result, _) = try take(place, name, settled: true)
        guard case .waiting = result else {
            Issue.record("taken: \(result)")
            return
        }
    }

    @Test func aSettledFileIsTakenAndSaysThatNobodyAttestedIt() throws {
        let place = try place()
        try Paths.write(try Paths.read(Self.fixtures + "/original.dcm"), to: place.incoming + "/a.dcm")
        let (_, drop) = try take(place, "a.dcm", settled: true)
        #expect(drop.attested == false)
        #expect(drop.status == "accepted")
        #expect(drop.sha256 == SHA256.digest(of: try Paths.read(Self.fixtures + "/original.dcm")))
    }

    @Test func aReceiptIsTheSameToTheByteWhenItIsRepeated() throws {
        let place = try place()
        try Paths.write(try Paths.read(Self.fixtures + "/original.dcm"), to: place.incoming + "/a.dcm")
        let (_, drop) = try take(place, "a.dcm", settled: true)
        let publisher = ReceiptPublisher(catalog: place.catalog, outbox: Outbox(layout: place.layout))
        try publisher.publish(drop)
        let path = place.layout.path + "/outbound/northside/receipts/" + (try #require(drop.receipt))
        let first = try Paths.read(path)
        try publisher.publish(drop)
        #expect(try Paths.read(path) == first)
        let json = try JSONSerialization.jsonObject(with: Data(first)) as? [String: Any]
        #expect(json?["status"] as? String == "accepted")
        #expect((json?["exams"] as? [[String: Any]])?.count == 1)
    }
}
