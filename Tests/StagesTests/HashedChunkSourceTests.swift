// The digests of a file and of the files in it, however their pieces lie: against plain SHA-256.

import TestSupport
import Testing

@testable import Files
@testable import Stages

@Suite struct HashedChunkSourceTests {
    /// A file in the file: where it begins and how many bytes it has.
    private struct Inner {
        let start: Int
        let count: Int
        var end: Int { start + count }
    }

    private static func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 13) }
    }

    private func source(_ bytes: [UInt8], in folder: TemporaryFolder) throws -> HashedChunkSource {
        try Paths.write(bytes, to: folder.path + "/file")
        return HashedChunkSource(try OpenFile.read(folder.path + "/file")) { _ in }
    }

    /// Goes through the source as an archive's reader does: hands out the pieces of each inner file.
    private func digests(of inner: [Inner], in source: HashedChunkSource) throws -> [FileDigest] {
        var digests: [FileDigest] = []
        var next = inner[...]
        var begun = false
        var position = 0
        while let chunk = try source.next() {
            while let file = next.first, file.start < position + chunk.count {
                if !begun { source.beginFile() }
                begun = true
                let range = max(0, file.start - position)..<min(chunk.count, file.end - position)
                _ = source.take(UnsafeRawBufferPointer(rebasing: chunk[range]))
                guard file.end <= position + chunk.count else { break }
                digests.append(source.endFile())
                begun = false
                next.removeFirst()
            }
            position += chunk.count
        }
        return digests
    }

    @Test(
        "aligned as in a tar, unaligned, side by side, over several chunks",
        arguments: [
            [(512, 700), (2048, 5000), (8192, 3 << 20)], [(1, 63), (64, 64), (129, 1), (1000, 4_000_000)],
            [(0, 4_200_000)], [(1 << 20, 512), ((1 << 20) + 512, 512)],
        ])
    func innerFiles(places: [(Int, Int)]) throws {
        let folder = try TemporaryFolder()
        let bytes = Self.bytes(4_200_000)
        let source = try source(bytes, in: folder)
        let inner = places.map { Inner(start: $0.0, count: $0.1) }
        let digests = try digests(of: inner, in: source)
        #expect(try source.finish() == SHA256.digest(of: bytes))
        #expect(source.byteCount == Int64(bytes.count))
        #expect(digests.map(\.value) == inner.map { SHA256.digest(of: Array(bytes[$0.start..<$0.end])) })
    }

    @Test func bytesFromElsewhereBelongToTheInnerFileOnly() throws {
        let folder = try TemporaryFolder()
        let bytes = Self.bytes(3000)
        let zeros = [UInt8](repeating: 0, count: 2_500_000)
        let source = try source(bytes, in: folder)
        let chunk = try #require(try source.next())
        source.beginFile()
        _ = source.take(UnsafeRawBufferPointer(rebasing: chunk[512..<1024]))
        let copied = zeros.withUnsafeBytes { source.take($0) }
        _ = source.take(UnsafeRawBufferPointer(rebasing: chunk[1024..<1100]))
        let digest = source.endFile()
        source.send().wait()
        #expect(digest.value == SHA256.digest(of: Array(bytes[512..<1024]) + zeros + Array(bytes[1024..<1100])))
        #expect(copied.reduce(0) { $0 + $1.range.count } == zeros.count)
        #expect(copied.allSatisfy { $0.bytes.allSatisfy { $0 == 0 } })
        #expect(try source.finish() == SHA256.digest(of: bytes))
    }

    @Test func aFileThatIsGivenUpLeavesNothingBehind() throws {
        let folder = try TemporaryFolder()
        let bytes = Self.bytes(3000)
        let source = try source(bytes, in: folder)
        let chunk = try #require(try source.next())
        source.beginFile()
        _ = source.take(UnsafeRawBufferPointer(rebasing: chunk[0..<1000]))
        source.beginFile()
        _ = source.take(UnsafeRawBufferPointer(rebasing: chunk[1024..<2000]))
        let digest = source.endFile()
        source.beginFile()
        let empty = source.endFile()
        #expect(try source.finish() == SHA256.digest(of: bytes))
        #expect(digest.value == SHA256.digest(of: Array(bytes[1024..<2000])))
        #expect(empty.value == SHA256.digest(of: ""))
    }

    @Test func aSpanKeepsItsBytesWhileTheSourceReadsOn() throws {
        let folder = try TemporaryFolder()
        let bytes = Self.bytes(9 << 20)
        let source = try source(bytes, in: folder)
        let chunk = try #require(try source.next())
        source.beginFile()
        let spans = source.take(UnsafeRawBufferPointer(rebasing: chunk[512..<2000]))
        _ = source.endFile()
        #expect(try source.finish() == SHA256.digest(of: bytes))
        #expect(spans.count == 1 && spans.allSatisfy { Array($0.bytes) == Array(bytes[512..<2000]) })
    }
}
