// Packs: written, opened by plain tar, verified; each kind of change is found.

import Foundation
import TestSupport
import Testing

@testable import Archive
@testable import Files

@Suite struct PackTests {
    private static let contents = ["first", String(repeating: "second ", count: 300_000), ""].map { Array($0.utf8) }

    private func writePack(in folder: String, abandoning: Bool = false) throws -> SealedPack {
        let staging = try OpenDirectory.open(folder)
        let series = PackSeries(
            facility: "northside", exam: "northside_A-1", patientID: "P", issuerOfPatientID: "N",
            studyInstanceUID: "1.2.3", seriesInstanceUID: "1.2.3.4")
        let writer = PackWriter(series: series, staging: staging, stagingName: FileName("0.tar"))
        for (index, bytes) in Self.contents.enumerated() where !bytes.isEmpty {
            if abandoning {
                try writer.beginMember()
                try bytes.withUnsafeBytes { try writer.write($0) }
                try writer.abandonMember()
            }
            _ = try bytes.withUnsafeBytes { bytes in
                let halves = [bytes[..<(bytes.count / 2)], bytes[(bytes.count / 2)...]]
                return try writer.append(
                    halves.map { UnsafeRawBufferPointer(rebasing: $0) }, sopInstanceUID: "1.2.3.4.\(index)",
                    sha256: SHA256.digest(of: bytes), conflict: false)
            }
        }
        return try writer.seal(
            drop: PackManifest.Drop(sha256: String(repeating: "0", count: 64), name: "d", byteCount: 1, attested: true),
            number: 1)
    }

    private func install(in folder: TemporaryFolder) throws -> String {
        let tier = Tier(name: "fast", path: folder.path + "/fast")
        try tier.mark()
        let staging = try tier.freshStaging(for: "d-1", worker: "w")
        let pack = try writePack(in: staging.path)
        try PackInstaller(tier: tier).install(
            [pack], from: staging, stamp: PackStamp(receivedAt: 1_700_000_000, dropNumber: 17))
        return tier.path + "/" + PackLocation(pack).path
    }

    private func digest(ofName path: String) throws -> SHA256Digest {
        try #require(SHA256Digest(hex: Paths.lastComponent(of: path).dropLast(4)))
    }

    private func findings(_ path: String) throws -> [PackFinding] {
        try PackVerification.verify(try PackReader(path: path), digest: try digest(ofName: path)).findings
    }

    @Test func plainTarReadsEveryMemberByteForByte() throws {
        let folder = try TemporaryFolder()
        let path = try install(in: folder)
        let tar = Process()
        tar.executableURL = URL(fileURLWithPath: "/usr/bin/tar")
        tar.arguments = ["-xf", path, "-C", folder.path]
        try tar.run()
        tar.waitUntilExit()
        #expect(tar.terminationStatus == 0)
        for (index, bytes) in Self.contents.enumerated() where !bytes.isEmpty {
            #expect(try Paths.read(folder.path + "/1.2.3.4.\(index).dcm") == bytes)
        }
        #expect(Paths.exists(folder.path + "/pack.json"))
    }

    @Test func aSoundPackHasNoFindings() throws {
        let folder = try TemporaryFolder()
        #expect(try findings(try install(in: folder)).isEmpty)
    }

    @Test func theSameInputGivesTheSamePack() throws {
        let folder = try TemporaryFolder()
        let other = try TemporaryFolder()
        let plain = try writePack(in: folder.path)
        let again = try writePack(in: other.path, abandoning: true)
        #expect(plain.digest == again.digest)
        #expect(try Paths.read(folder.path + "/0.tar") == Paths.read(other.path + "/0.tar"))
    }

    @Test("any changed byte is found", arguments: [0, 130, 512, 517, 600, 1024, 1536, 5_000, 1_000_000, -1, -1500])
    func changed(offset: Int) throws {
        let folder = try TemporaryFolder()
        let path = try install(in: folder)
        var bytes = try Paths.read(path)
        bytes[offset < 0 ? bytes.count + offset : offset] ^= 0x40
        try Paths.write(bytes, to: path)
        #expect(try !findings(path).isEmpty)
    }

    @Test("missing and added bytes are found", arguments: [-1, -512, 1, 512])
    func resized(by count: Int) throws {
        let folder = try TemporaryFolder()
        let path = try install(in: folder)
        var bytes = try Paths.read(path)
        if count < 0 { bytes.removeLast(-count) } else { bytes += [UInt8](repeating: 0, count: count) }
        try Paths.write(bytes, to: path)
        #expect(try !findings(path).isEmpty)
    }

    @Test func theStampSaysWhenAndWhichDrop() throws {
        let folder = try TemporaryFolder()
        let path = try install(in: folder)
        let stamp = PackStamp(modified: try PackReader(path: path).status().modified)
        #expect(stamp == PackStamp(receivedAt: 1_700_000_000, dropNumber: 17))
    }

    @Test func aTierWithoutItsMarkerIsNotWrittenTo() throws {
        let folder = try TemporaryFolder()
        let tier = Tier(name: "fast", path: folder.path)
        #expect(throws: ArchiveError.self) { try tier.freshStaging(for: "d-1", worker: "w") }
        #expect(try OpenDirectory.open(folder.path).names().isEmpty)
    }

    @Test(
        "names of folders come from digits and dots only",
        arguments: [
            ("1.2.840.10008", true), ("", false), ("..", false), ("1.2/3", false), ("1.2a", false),
            (String(repeating: "1", count: 65), false),
        ])
    func safe(uid: String, expected: Bool) {
        #expect(PackLocation.isSafe(uid) == expected)
    }
}
