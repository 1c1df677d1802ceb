// An archive that is cut off anywhere is never taken for one that is damaged: more bytes may still come.

import Foundation
import Testing

@testable import Bundles

struct CutArchiveTests {
    static let forms = [
        "plain.zip", "stored.zip", "zip64.zip", "comment.zip", "zip-in-zip.zip", "plain.tar", "plain.tar.gz",
        "plain.tar.zst",
        "plain.tar.xz", "plain.tar.bz2", "plain.7z", "level-1.iso", "rock-ridge-joliet.iso",
    ]
    /// Lengths of one archive that are tried, at most.
    static let most = 400

    /// Whether these bytes count as a file that is still being sent.
    private func waits(_ bytes: [UInt8], name: String) throws -> Bool {
        let isDetected =
            BundleFormat.detect(prefix: Array(bytes.prefix(BundleFormat.prefixByteCount)), fileName: name) != nil
        guard isDetected else {
            return bytes.withUnsafeBytes { bytes in
                ArchiveName(of: name)?.isUndecided(
                    prefix: UnsafeRawBufferPointer(rebasing: bytes.prefix(BundleFormat.prefixByteCount))) ?? false
            }
        }
        return try Fixture.withFile(bytes) { descriptor in
            do throws(BundleError) {
                let reader = try BundleReader(
                    source: .file(descriptor: descriptor), name: name, limits: Transcript.limits,
                    scratchDirectory: FileManager.default.temporaryDirectory.path)
                while true {
                    do throws(BundleError) {
                        guard try reader.next() != nil else { break }
                        while try reader.readBlock() != nil {}
                    } catch .damagedEntry { continue }
                }
                return reader.properEnd != .ended
            } catch {
                return error.isCut
            }
        }
    }

    /// Where an archive is whole: some have zeros behind their end.
    private func end(of name: String, _ bytes: [UInt8]) throws -> Int {
        switch name {
        case "plain.tar": ProperEndTests.tarMinimum
        case "level-1.iso", "rock-ridge-joliet.iso":
            Int(LittleEndian.uint32(bytes, at: 16 * 2048 + 80)) * Int(LittleEndian.uint16(bytes, at: 16 * 2048 + 128))
        default: bytes.count
        }
    }

    @Test(arguments: forms)
    func aCutArchiveWaits(_ name: String) throws {
        let bytes = try Fixture.bytes(name)
        let end = try end(of: name, bytes)
        #expect(try !waits(bytes, name: name))
        let step = max(1, end / Self.most)
        var taken: [Int] = []
        for length in stride(from: 0, to: end, by: step) where try !waits(Array(bytes[..<length]), name: name) {
            taken.append(length)
        }
        for length in Array(0..<64) + Array((end - 64)..<end) where try !waits(Array(bytes[..<length]), name: name) {
            taken.append(length)
        }
        #expect(taken.isEmpty, "\(name), \(end) bytes, is not waited for when cut at \(taken.prefix(20))")
    }

    @Test(arguments: [
        "day.zip", "day.7z", "day.tar.gz", "day.tar.zst", "day.tar.xz", "day.tar.bz2", "day.iso", "day.tar",
    ])
    func aFileGivenItsSizeBeforeItIsWrittenWaits(_ name: String) throws {
        let form = try #require(ArchiveName(of: name))
        for count in [0, 1, 100, 511, 40_000] where !(name == "day.tar" && count > 1023) {
            [UInt8](repeating: 0, count: count).withUnsafeBytes { #expect(form.isUndecided(prefix: $0), "\(count)") }
        }
        [UInt8](repeating: 0x41, count: 40_000).withUnsafeBytes { #expect(!form.isUndecided(prefix: $0)) }
    }

    @Test func a7zWhoseStartHeaderIsNotYetWrittenWaits() throws {
        var bytes = try Fixture.bytes("plain.7z")
        bytes.replaceSubrange(8..<32, with: [UInt8](repeating: 0, count: 24))
        #expect(try waits(bytes, name: "day.7z"))
    }

    @Test func endingsAreToldWhateverTheirCase() {
        #expect(ArchiveName(of: "DAY1.TAR.GZ")?.ending == ".tar.gz")
        #expect(ArchiveName(of: "day1.zip.txt") == nil)
        #expect(ArchiveName(of: "IM1") == nil)
    }

    @Test func contentIsToldInWords() {
        let known = [
            "%PDF-1.4": "a PDF", "": "an empty file", "hello": "text", "\0\0": "a file of zeros",
            "Rar!": "a RAR archive",
        ]
        for (text, words) in known {
            Array(text.utf8).withUnsafeBytes { #expect(ContentText.describe(prefix: $0) == words) }
        }
    }
}
