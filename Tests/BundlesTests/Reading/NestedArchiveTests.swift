// Archives inside archives: one level is opened, deeper ones are refused, all of it is counted.

import Bundles
import Testing

struct NestedArchiveTests {
    @Test func aZipInAZipIsOpened() throws {
        let transcript = try Transcript.of(fixture: "zip-in-zip.zip")
        #expect(
            transcript.lines == [
                "file before 1", "file inner.zip/IM1 2", "file inner.zip/sub/IM2 150", "file after 1", "end ended",
            ])
    }

    @Test(arguments: [nil, 100])
    func aPackedTarInATarIsOpened(_ chunkByteCount: Int?) throws {
        let transcript = try Transcript.of(fixture: "targz-in-tar.tar", chunkByteCount: chunkByteCount)
        #expect(transcript.contents["inner.tar.gz/STUDY/IM2"]?.count == 6000)
        #expect(transcript.fileCount == 6)
        #expect(transcript.last == "end ended")
    }

    @Test func aDiscInATarIsOpened() throws {
        let transcript = try Transcript.of(fixture: "iso-in-tar.tar.gz", chunkByteCount: 300)
        #expect(transcript.contents["disc.iso/DICOMDIR"] == Array("directory".utf8))
        #expect(transcript.contents["after"] == [UInt8(ascii: "2")])
        #expect(transcript.last == "end ended")
    }

    @Test func deeperOnesAreRefused() throws {
        let transcript = try Transcript.of(fixture: "zip-in-zip-in-zip.zip")
        #expect(
            transcript.lines == [
                "refused outer.zip/inner.zip: an archive inside an archive, deeper than 1", "file outer.zip/IM9 1",
                "file after 1", "end ended",
            ])
    }

    @Test func withDepthZeroNoneIsOpened() throws {
        let limits = BundleLimits(bytes: 1000, entries: 10, ratio: 200, depth: 0, pathLength: 100)
        let transcript = try Transcript.of(fixture: "zip-in-zip.zip", limits: limits)
        #expect(transcript.text.contains("refused inner.zip: an archive inside an archive, which is not opened here"))
        #expect(transcript.fileCount == 2)
    }

    @Test func aDamagedOneCostsNoOtherEntry() throws {
        let transcript = try Transcript.of(fixture: "damaged-zip-in-zip.zip")
        #expect(transcript.lines.first?.hasPrefix("damaged inner.zip: the archive is cut off") == true)
        #expect(transcript.lines.dropFirst() == ["file after 1", "end ended"])
    }

    @Test(arguments: ["damaged-tar-in-zip.zip", "tar-of-wrong-crc-in-zip.zip", "cut-targz-in-tar.tar"])
    func aDamagedStreamInsideEndsOnce(_ name: String) throws {
        let transcript = try Transcript.of(fixture: name)
        #expect(transcript.lines.count { $0.hasPrefix("damaged inner.") } == 1, "\(transcript.text)")
        #expect(transcript.lines.suffix(2) == ["file after 1", "end ended"])
    }

    @Test func nameAndContentMustBothSayArchive() throws {
        let transcript = try Transcript.of(fixture: "jar-and-fake-zip.zip")
        #expect(transcript.contents["not.zip"] == Array("plain text".utf8))
        #expect(transcript.contents["viewer.jar"]?.starts(with: "PK".utf8) == true)
        #expect(transcript.fileCount == 3)
    }

    @Test func whatIsInsideCounts() throws {
        let limits = BundleLimits(bytes: 1000, entries: 3, ratio: 200, depth: 1, pathLength: 100)
        let transcript = try Transcript.of(fixture: "zip-in-zip.zip", limits: limits)
        #expect(transcript.last.contains("over the limit 'entries'"))
        let bytes = BundleLimits(bytes: 300, entries: 10, ratio: 200, depth: 1, pathLength: 100)
        #expect(try Transcript.of(fixture: "zip-in-zip.zip", limits: bytes).last.contains("over the limit 'bytes'"))
    }
}
