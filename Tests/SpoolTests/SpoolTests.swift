// Scans, settling, claims and removal of sources, on real folders.

import Foundation
import TestSupport
import Testing

@testable import Files
@testable import Spool

@Suite struct SpoolTests {
    private func site(_ folder: TemporaryFolder) throws -> SpoolLayout {
        let layout = SpoolLayout(path: folder.path + "/spool")
        try layout.make()
        try layout.makeFolders(party: "northside", dropKinds: ["images"], pickupKinds: ["receipts"])
        return layout
    }

    private func put(_ text: String, _ layout: SpoolLayout, _ path: String) throws {
        let full = layout.path + "/incoming/northside/images/" + path
        try Paths.makeDirectories(Paths.parent(of: full))
        try Paths.write(Array(text.utf8), to: full)
    }

    private func scan(_ layout: SpoolLayout) throws -> IncomingScan {
        try IncomingScan(layout, parties: ["northside"], kinds: ["images"], entryLimit: 1000)
    }

    @Test func privateFoldersAreTheWorkersAlone() throws {
        let folder = try TemporaryFolder()
        let layout = try site(folder)
        for name in SpoolLayout.privateFolders {
            #expect(Paths.status("\(layout.path)/\(name)")?.permissions == 0o700)
        }
    }

    @Test func namesOfTransfersUnderWayAreNeverLookedAt() throws {
        let folder = try TemporaryFolder()
        let layout = try site(folder)
        for name in ["a.part", "b.partial", "c.tmp", "d.filepart", ".e.zip.Xa1", "day1/.x.Yb2", "ok.zip"] {
            try put("x", layout, name)
        }
        #expect(try scan(layout).drops.map(\.name.text) == ["ok.zip"])
    }

    @Test func anAttestationWithoutItsDropIsSeen() throws {
        let folder = try TemporaryFolder()
        let layout = try site(folder)
        try put("x", layout, "day1.zip.sha256")
        let drops = try scan(layout).drops
        #expect(drops.map(\.name.text) == ["day1.zip"])
        #expect(drops.map(\.isAbsent) == [true])
    }

    @Test func anAttestationThatCannotBeLookedAtIsReportedAndNotTakenForGone() throws {
        let folder = try TemporaryFolder()
        let layout = try site(folder)
        try put("x", layout, "day1.zip.sha256")
        func scan(failing code: Int32) throws -> IncomingScan {
            try IncomingScan(layout, parties: ["northside"], kinds: ["images"], entryLimit: 10) {
                (folder, name) throws(FilesError) in
                throw FilesError(operation: "stat", path: folder.path(of: name), code: code)
            }
        }
        let failed = try scan(failing: EIO)
        #expect(failed.drops.isEmpty)
        #expect(failed.troubles.map { $0.path.hasSuffix("northside/images/day1.zip.sha256") } == [true])
        #expect(failed.troubles.first?.reason.contains("cannot stat") == true)
    }

    @Test func anEmptyFolderIsADropOnlyWhenItsSenderSaysSo() throws {
        let folder = try TemporaryFolder()
        let layout = try site(folder)
        try Paths.makeDirectories(layout.path + "/incoming/northside/images/day1")
        #expect(try scan(layout).drops.isEmpty)
        try put("# end 0\n", layout, "day1.sha256")
        #expect(try scan(layout).drops.map(\.name.text) == ["day1"])
    }

    @Test func pathsArePassedOverByAnyOfTheirNames() {
        for path in [".DS_Store", "a/.DS_Store", ".git/a", "a/b.part", "a.tmp/b"] {
            #expect(IgnoredNames.contains(path: Array(path.utf8)), "\(path)")
        }
        for path in ["a/b", "../x", "./x", "a.part.dcm", ""] {
            #expect(!IgnoredNames.contains(path: Array(path.utf8)), "\(path)")
        }
    }

    @Test func aFolderOfNoPartyIsReported() throws {
        let folder = try TemporaryFolder()
        let layout = try site(folder)
        try Paths.makeDirectories(layout.path + "/incoming/stranger/images")
        #expect(try scan(layout).troubles.map(\.path) == ["incoming/stranger"])
    }

    @Test func anOldFileThatIsWrittenAnewWithItsOldTimeHasChanged() throws {
        let folder = try TemporaryFolder()
        let layout = try site(folder)
        try put("one", layout, "a.dcm")
        let path = layout.path + "/incoming/northside/images/a.dcm"
        try OpenFile.update(path).setModified(1000)
        let before = try #require(try scan(layout).drops.first)
        usleep(20_000)
        let file = try OpenFile.update(path)
        try file.write("two")
        try file.setModified(1000)
        let after = try #require(try scan(layout).drops.first)
        #expect(before.contentSignature != after.contentSignature)
    }

    @Test func settlingTakesTwoScansFarEnoughApart() throws {
        let folder = try TemporaryFolder()
        let layout = try site(folder)
        try put("one", layout, "a.dcm")
        var watch = SettleWatch(settleMilliseconds: 10)
        let first = try scan(layout).drops
        watch.take(first, now: 0)
        #expect(!watch.isSettled(first[0], now: 0))
        let second = try scan(layout).drops
        watch.take(second, now: 9_000_000)
        #expect(!watch.isSettled(second[0], now: 9_000_000))
        watch.take(second, now: 10_000_000)
        #expect(watch.isSettled(second[0], now: 10_000_000))
        try put("longer", layout, "a.dcm")
        let grown = try scan(layout).drops
        watch.take(grown, now: 30_000_000)
        #expect(!watch.isSettled(grown[0], now: 30_000_000))
    }

    @Test func whatComesAfterTheReadingGoesBackToTheParty() throws {
        let folder = try TemporaryFolder()
        let layout = try site(folder)
        try put("one", layout, "day1/sub/IM1")
        let key = DropKey(party: "northside", kind: "images", name: FileName("day1"))
        let location = try #require(try layout.incomingLocation(key))
        let listing = try FolderListing(
            try location.folder.open(key.name), limits: FolderListing.Limits(entries: 10))
        try put("late", layout, "day1/IM2")
        let claim = Claim(layout: layout)
        let claimed = try claim.move(location, to: ClaimPaths.active("d-000001"), key: key)
        #expect(try scan(layout).drops.isEmpty)
        let identity = SourceIdentity(files: listing.entries.map { ($0.path, $0.status) })
        let rest = try SourceRemoval(claim: claim).remove(claimed, key: key, identity: identity)
        #expect(rest == .returned(as: "day1"))
        let incoming = layout.path + "/incoming/northside/images/day1"
        #expect(try Paths.read(incoming + "/IM2") == Array("late".utf8))
        #expect(!Paths.exists(incoming + "/sub"))
        #expect(try OpenDirectory.open(layout.path + "/active").names().isEmpty)
    }

    @Test func anOutboundFileComesWithWhatSha256sumAccepts() throws {
        let folder = try TemporaryFolder()
        let layout = try site(folder)
        try Outbox(layout: layout).publish(
            Array("{}\n".utf8), party: "northside", kind: "receipts", name: FileName("a\\b.json"))
        let check = Process()
        check.executableURL = URL(fileURLWithPath: "/usr/bin/sha256sum")
        check.arguments = ["-c", "a\\b.json.sha256"]
        check.currentDirectoryURL = URL(fileURLWithPath: layout.path + "/outbound/northside/receipts")
        try check.run()
        check.waitUntilExit()
        #expect(check.terminationStatus == 0)
    }
}
