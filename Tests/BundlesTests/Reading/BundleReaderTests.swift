// Every form of bundle brings the same entries; streams and files, read and skipped.

import Bundles
import Testing

struct BundleReaderTests {
    static let plain = [
        "plain.zip", "stored.zip", "zip64.zip", "bzip2-method.zip", "data-descriptors.zip", "comment.zip", "plain.tar",
        "plain.tar.gz", "two-members.tar.gz", "plain.tar.zst", "plain.tar.xz", "plain.tar.bz2", "plain.7z", "ppmd.7z",
        "rock-ridge-joliet.iso",
    ]

    @Test(arguments: plain)
    func bringsEveryEntry(_ name: String) throws {
        let transcript = try Transcript.of(fixture: name)
        #expect(transcript.contents["STUDY/IM1"] == Array(repeatElement("one".utf8, count: 100).joined()))
        #expect(transcript.contents["STUDY/IM2"] == Array(repeatElement("two".utf8, count: 2000).joined()))
        #expect(transcript.contents["STUDY/SUB/IM3"] == [])
        #expect(transcript.contents["README.txt"] == Array("hello\n".utf8))
        #expect(transcript.last == "end ended")
        #expect(transcript.fileCount == (name.hasSuffix("iso") ? 5 : 4))
    }

    @Test(arguments: plain)
    func skippingBringsTheSameNames(_ name: String) throws {
        let bytes = try Fixture.bytes(name)
        let read = try Transcript.of(bytes)
        let skipped = try Transcript.of(bytes, isSkipping: true)
        #expect(skipped.last == "end ended")
        #expect(skipped.fileCount == read.fileCount)
    }

    @Test(arguments: plain.filter { $0.contains(".tar") }, [1, 511, 513, 4096])
    func chunksOfAnySizeBringTheSame(_ name: String, chunkByteCount: Int) throws {
        let whole = try Transcript.of(fixture: name)
        let stream = try Transcript.of(fixture: name, chunkByteCount: chunkByteCount)
        #expect(stream.lines == whole.lines)
        #expect(stream.contents == whole.contents)
    }

    @Test(arguments: plain.filter { $0.contains(".tar") })
    func aStreamIsPulledToItsLastByte(_ name: String) throws {
        let bytes = try Fixture.bytes(name)
        let chunks = Chunks(bytes, byteCount: 100)
        let reader = try BundleReader(
            source: .stream { chunks.next() }, name: name, limits: Transcript.limits, scratchDirectory: "/tmp")
        while try reader.next() != nil {}
        #expect(chunks.handedOut == bytes)
    }

    @Test func aFormatThatSeeksNeedsAFile() throws {
        for name in ["plain.zip", "plain.7z", "level-1.iso"] {
            #expect(try Transcript.of(fixture: name, chunkByteCount: 100_000).text.contains("only be read from a file"))
        }
    }

    @Test func namesOfAPlainDiscAreUpperCase() throws {
        let transcript = try Transcript.of(fixture: "level-1.iso")
        #expect(transcript.contents["README.TXT"] == Array("hello\n".utf8))
        #expect(transcript.contents["DICOMDIR"] == Array("directory".utf8))
    }

    @Test func holesComeAsZeros() throws {
        let transcript = try Transcript.of(fixture: "sparse.tar")
        let expected =
            [UInt8](repeating: 0, count: 40960) + [UInt8](repeating: UInt8(ascii: "m"), count: 4096)
            + [UInt8](repeating: 0, count: 100_000 - 40960 - 4096)
        #expect(transcript.contents["IM1"] == expected)
        #expect(transcript.contents["IM2"] == Array("after".utf8))
        #expect(transcript.last == "end ended")
    }

    @Test func aDamagedEntryOfAZipCostsNoOther() throws {
        let transcript = try Transcript.of(fixture: "deflate-damaged-first-entry.zip")
        #expect(transcript.text.contains("damaged STUDY/IM1: ZIP decompression failed"))
        #expect(transcript.fileCount == 3)
        #expect(transcript.last == "end ended")
    }

    @Test func memoryForXZIsBounded() throws {
        let transcript = try Transcript.of(fixture: "dictionary-of-1-gib.tar.xz")
        #expect(transcript.lines.count == 1)
        #expect(transcript.last.contains("over the limit 'memory': 1073741824 bytes"))
    }

    @Test func entriesThatOverlapAreRefused() throws {
        let transcript = try Transcript.of(fixture: "overlap-by-half.zip")
        #expect(transcript.lines == ["refused a: its bytes run into what follows it", "file b 200", "end ended"])
    }

    @Test func encryptedSevenZipsSaySo() throws {
        #expect(try Transcript.of(fixture: "encrypted.7z").text.contains("refused README.txt: encrypted"))
        #expect(try Transcript.of(fixture: "encrypted-directory.7z").last.contains("the archive is encrypted"))
    }

    @Test func aDICOMFileIsNoArchiveWhateverItsPreamble() throws {
        var bytes = try Fixture.bytes("plain.tar")
        bytes.replaceSubrange(128..<132, with: "DICM".utf8)
        #expect(try Transcript.of(bytes).last.contains("is no archive"))
    }

    @Test func theSourcesOwnErrorComesThrough() throws {
        struct Broken: Error, CustomStringConvertible { let description = "the disk is gone" }
        let bytes = try Fixture.bytes("plain.tar")
        let chunks = Chunks(Array(bytes[..<2000]), byteCount: 1000)
        let source = BundleSource.stream {
            guard let chunk = chunks.next() else { throw Broken() }
            return chunk
        }
        let error = #expect(throws: BundleError.self) {
            let reader = try BundleReader(
                source: source, name: "x", limits: Transcript.limits, scratchDirectory: "/tmp")
            while try reader.next() != nil {}
        }
        #expect(error?.description == "the bundle cannot be read: the disk is gone")
        #expect(error?.mayPass == true)
    }
}
