// Codecs meet damaged data: each mutation ends in pixels or in a reason. What would end the process ends this test's.

import CCodecs
import DICOM
import Pixels
import TestSupport
import Testing

@testable import PixelCodecs

@Suite struct HostilePixelDataTests {
    private static let side = 32

    private func codestream() throws -> [UInt8] {
        let words = (0..<UInt16(Self.side * Self.side)).map { ($0 &* 7919) & 0xFFF }
        var memory: UnsafeMutablePointer<UInt8>?
        var count = 0
        var message = [CChar](repeating: 0, count: Int(FILMROOM_MESSAGE_SIZE))
        let code = filmroom_jpeg2000_encode(
            words, UInt32(Self.side), UInt32(Self.side), 12, &memory, &count, &message)
        defer { filmroom_codec_free(memory) }
        try #require(code == 0)
        return Array(UnsafeBufferPointer(start: memory, count: count))
    }

    private func image(_ stream: [UInt8], side: Int = HostilePixelDataTests.side) throws -> MadeImage {
        var image = try MadeImage(rows: side, columns: side, bitsAllocated: 16, bitsStored: 12)
        try image.set(fragments: [stream], syntax: "1.2.840.10008.1.2.4.90")
        return image
    }

    @Test func soundDataIsDecodedExactly() throws {
        let words = try image(try codestream()).words()
        #expect(words == (0..<Self.side * Self.side).map { (($0 * 7919) & 0xFFFF) & 0xFFF })
    }

    @Test func otherSizeThanTheHeaderSays() throws {
        let stream = try codestream()
        #expect(
            reason { _ = try image(stream, side: 16).words() }
                == "the JPEG 2000 data has another size than the header says")
    }

    @Test func everyTruncation() throws {
        let stream = try codestream()
        for length in stride(from: 0, to: stream.count, by: 17) {
            _ = reason { _ = try image(Array(stream[..<length])).words() }
        }
    }

    @Test func flippedBytes() throws {
        let stream = try codestream()
        var generator = SplitMix(seed: 1)
        for _ in 0..<200 {
            var damaged = stream
            for _ in 0..<3 { damaged[Int(generator.next() % UInt64(stream.count))] = UInt8(generator.next() & 0xFF) }
            _ = reason { _ = try image(damaged).words() }
        }
    }

}
