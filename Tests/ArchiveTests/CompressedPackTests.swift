// Compressed packs: what zstd makes of them, any part of them, every changed byte, and moves between tiers.

import Foundation
import TestSupport
import Testing

@testable import Archive
@testable import Files

@Suite struct CompressedPackTests {
    /// A pack of a few frames, whose bytes compress a little.
    private static let contents: [[UInt8]] = (0..<5).map { index in
        var state = UInt64(index + 1)
        return (0..<(1 << 20) + index * 1000).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 60)
        }
    }

    private struct Place {
        let folder: TemporaryFolder
        let fast: Tier
        let slow: Tier
        let location: PackLocation
        let plain: [UInt8]

        func demote() throws -> Int64 { try PackCopy(location, from: fast, to: slow, worker: "w").make() }
        var slowPath: String { slow.path + "/" + location.path(.zstd) }
    }

    private func place() throws -> Place {
        let folder = try TemporaryFolder()
        let fast = Tier(name: "fast", path: folder.path + "/fast")
        let slow = Tier(name: "slow", path: folder.path + "/slow", form: .zstd)
        try fast.mark()
        try slow.mark()
        let staging = try fast.freshStaging(for: "d-1", worker: "w")
        let series = PackSeries(
            facility: "northside", exam: "northside_A-1", patientID: "P", issuerOfPatientID: "N",
            studyInstanceUID: "1.2.3", seriesInstanceUID: "1.2.3.4")
        let writer = PackWriter(series: series, staging: staging, stagingName: FileName("0.tar"))
        for (index, bytes) in Self.contents.enumerated() {
            _ = try bytes.withUnsafeBytes { bytes in
                try writer.append(
                    [bytes], sopInstanceUID: "1.2.3.4.\(index)", sha256: SHA256.digest(of: bytes), conflict: false)
            }
        }
        let pack = try writer.seal(
            drop: PackManifest.Drop(sha256: String(repeating: "0", count: 64), name: "d", byteCount: 1, attested: true),
            number: 1)
        try PackInstaller(tier: fast).install(
            [pack], from: staging, stamp: PackStamp(receivedAt: 1_700_000_000, dropNumber: 17))
        let location = PackLocation(pack)
        return Place(
            folder: folder, fast: fast, slow: slow, location: location,
            plain: try Paths.read(fast.path + "/" + location.path))
    }

    @Test func zstdUnpacksTheTarAndTheTimeIsKept() throws {
        let place = try place()
        let byteCount = try place.demote()
        #expect(Paths.status(place.slowPath)?.byteCount == byteCount)
        #expect(byteCount < Int64(place.plain.count) * 3 / 4)
        let zstd = Process()
        zstd.executableURL = URL(fileURLWithPath: "/usr/bin/zstd")
        zstd.arguments = ["-qd", place.slowPath, "-o", place.folder.path + "/out.tar"]
        try zstd.run()
        zstd.waitUntilExit()
        #expect(zstd.terminationStatus == 0)
        #expect(try Paths.read(place.folder.path + "/out.tar") == place.plain)
        let stamp = try PackStamp(modified: PackReader(path: place.slowPath).status().modified)
        #expect(stamp == PackStamp(receivedAt: 1_700_000_000, dropNumber: 17))
        #expect(try place.slow.fault(of: place.location) == nil)
    }

    @Test(
        "any part of it", arguments: [(0, 10), (2_097_100, 200), (1, 5_000_000), (4_194_304, 1), (5_000_000, 100_000)])
    func parts(offset: Int, count: Int) throws {
        let place = try place()
        _ = try place.demote()
        let reader = try #require(try place.slow.reader(of: place.location))
        #expect(try reader.byteCount == Int64(place.plain.count))
        #expect(try reader.bytes(at: Int64(offset), count: count) == Array(place.plain[offset..<offset + count]))
        #expect(throws: ArchiveError.self) { try reader.bytes(at: Int64(place.plain.count) - 5, count: 6) }
    }

    @Test func threadsDoNotShowInTheBytes() throws {
        let place = try place()
        let reader = try PackReader(path: place.fast.path + "/" + place.location.path)
        let files = try [1, 2, 7].map { threads in
            let file = try OpenFile.create(place.folder.path + "/\(threads)")
            _ = try PackCompressor(threads: threads).write(reader.bytes, to: file)
            return try Paths.read(file.path)
        }
        #expect(files[0] == files[1] && files[0] == files[2])
    }

    @Test("any changed bit is found, also where no content depends on it", arguments: 0..<60)
    func changed(number: Int) throws {
        let place = try place()
        _ = try place.demote()
        var bytes = try Paths.read(place.slowPath)
        // The first bytes are a frame's header; then over the whole; then the digest and the table.
        let index =
            number < 20 ? number : number < 40 ? bytes.count * (number - 20) / 20 : bytes.count - 1 - (number - 40) * 3
        for bit in number < 4 ? Array(0..<8) : [number % 8] {
            bytes[index] ^= 1 << UInt8(bit)
            try Paths.write(bytes, to: place.slowPath)
            #expect(try place.slow.fault(of: place.location) != nil, "bit \(bit) of byte \(index)")
            bytes[index] ^= 1 << UInt8(bit)
        }
    }

    @Test func itComesBackAsItWas() throws {
        let place = try place()
        _ = try place.demote()
        try place.fast.remove(place.location)
        #expect(place.fast.path(of: place.location) == nil)
        let byteCount = try PackCopy(place.location, from: place.slow, to: place.fast, worker: "w").make()
        #expect(byteCount == Int64(place.plain.count))
        #expect(try Paths.read(place.fast.path + "/" + place.location.path) == place.plain)
        #expect(try place.fast.fault(of: place.location) == nil)
    }

    @Test func nothingIsInstalledOfADamagedPack() throws {
        let place = try place()
        let path = place.fast.path + "/" + place.location.path
        var bytes = place.plain
        bytes[3_000_000] ^= 1
        try Paths.write(bytes, to: path)
        let error = #expect(throws: ArchiveError.self) { try place.demote() }
        #expect(error?.description.hasPrefix(path) == true)
        #expect(place.slow.path(of: place.location) == nil)
    }

    @Test func aTierWithoutItsMarkerIsLeftAlone() throws {
        let place = try place()
        try OpenDirectory.open(place.slow.path).removeFile(FileName(Tier.markerName))
        #expect(throws: ArchiveError.self) { try place.demote() }
        #expect(throws: ArchiveError.self) { try place.slow.remove(place.location) }
        #expect(try OpenDirectory.open(place.slow.path).names().isEmpty)
    }

    @Test func theListingKnowsBothForms() throws {
        let place = try place()
        _ = try place.demote()
        try Paths.write([1], to: Paths.parent(of: place.slowPath) + "/stranger.tar.zst")
        var packs: [String] = []
        var strays: [String] = []
        try place.slow.forEachEntry { entry in
            switch entry {
            case .pack(_, _, let digest): packs.append(digest)
            case .stray(let path), .report(let path, _, _): strays.append(Paths.lastComponent(of: path))
            }
        }
        #expect(packs == [place.location.digest.hex] && strays == ["stranger.tar.zst"])
    }
}
