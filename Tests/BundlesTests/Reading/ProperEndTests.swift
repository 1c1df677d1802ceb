// An archive that is cut off, or not yet written to its end, never counts as ended.

import Bundles
import Testing

struct ProperEndTests {
    /// Each form, and how it may say that it is cut off.
    static let forms = [
        "plain.zip", "zip64.zip", "comment.zip", "plain.tar", "plain.tar.gz", "plain.tar.zst", "plain.tar.xz",
        "plain.tar.bz2", "plain.7z", "level-1.iso",
    ]

    @Test(arguments: forms)
    func aCutFileNeverEnds(_ name: String) throws {
        let bytes = try Fixture.bytes(name)
        let lengths = [bytes.count - 1, bytes.count - 2, bytes.count * 3 / 4, bytes.count / 2, bytes.count / 10]
        for length in lengths where !(name == "plain.tar" && length > Self.tarMinimum) {
            let transcript = try Transcript.of(Array(bytes[..<length]))
            #expect(transcript.last != "end ended", "\(length) of \(bytes.count)")
        }
    }

    /// Where the end mark of `plain.tar` is whole: 4 headers, 14 blocks of data, 2 of the mark.
    static let tarMinimum = (4 + 1 + 12 + 1 + 2) * 512

    @Test(arguments: [1, 511, 512, 1024])
    func aTarNeedsBothBlocksOfItsMark(_ missing: Int) throws {
        let bytes = try Fixture.bytes("plain.tar")
        #expect(try Transcript.of(Array(bytes[..<Self.tarMinimum])).last == "end ended")
        let cut = try Transcript.of(Array(bytes[..<(Self.tarMinimum - missing)]))
        #expect(cut.fileCount == 4)
        #expect(try Transcript.of(Array(bytes[..<(Self.tarMinimum - 1025)])).last.contains("cut off"))
        #expect(cut.last.contains("the tar has no end mark"), "\(cut.last)")
    }

    @Test(arguments: [nil, 1000, 1 << 20])
    func zerosBehindTheMarkAreBounded(_ chunkByteCount: Int?) throws {
        let bytes = try Fixture.bytes("plain.tar")[..<Self.tarMinimum]
        let padded = try Transcript.of(
            bytes + [UInt8](repeating: 0, count: 10_240), chunkByteCount: chunkByteCount)
        #expect(padded.last == "end ended")
        let preallocated = try Transcript.of(
            bytes + [UInt8](repeating: 0, count: 10_241), chunkByteCount: chunkByteCount)
        #expect(preallocated.last.contains("not yet written?"), "\(preallocated.last)")
    }

    @Test(arguments: [nil, 1000, 1 << 20])
    func otherBytesBehindTheMarkAreSaid(_ chunkByteCount: Int?) throws {
        let bytes = try Fixture.bytes("plain.tar")
        let transcript = try Transcript.of(bytes + bytes, chunkByteCount: chunkByteCount)
        #expect(transcript.fileCount == 4)
        #expect(transcript.last.contains("bytes follow the tar's end mark"))
    }

    @Test func aTarOfZerosIsAnEmptyOne() throws {
        #expect(try Transcript.of([UInt8](repeating: 0, count: 10240), name: "x.tar").lines == ["end ended"])
        let large = try Transcript.of([UInt8](repeating: 0, count: 4 << 20), name: "x.tar")
        #expect(large.last.contains("not yet written?"))
        #expect(try Transcript.of([UInt8](repeating: 0, count: 10240), name: "IM1").last.contains("no archive"))
    }

    @Test func gzipIsCheckedByItsOwnSum() throws {
        let transcript = try Transcript.of(fixture: "gzip-wrong-crc.tar.gz")
        #expect(transcript.last.contains("gzip: incorrect data check"))
    }

    @Test(arguments: ["plain.tar.gz", "plain.tar.zst", "plain.tar.xz", "plain.tar.bz2"])
    func otherBytesBehindThePackedDataAreSaid(_ name: String) throws {
        let transcript = try Transcript.of(try Fixture.bytes(name) + Array("junk".utf8))
        #expect(transcript.last != "end ended", "\(transcript.text)")
    }

    @Test(arguments: ["plain.zip", "plain.7z"])
    func otherBytesBehindTheArchiveAreSaid(_ name: String) throws {
        let transcript = try Transcript.of(try Fixture.bytes(name) + Array("junk".utf8))
        #expect(transcript.last != "end ended")
    }
}
