// The markers of JPEG, and what they say of colours.

import Pixels
import Testing

@testable import PixelCodecs

@Suite struct JPEGHeaderTests {
    private func header(_ segments: [UInt8], ids: [UInt8] = [1, 2, 3], marker: UInt8 = 0xC0) throws -> JPEGHeader {
        var bytes: [UInt8] = [0xFF, 0xD8]
        bytes += segments
        bytes += [0xFF, marker, 0, UInt8(8 + 3 * ids.count), 8, 0, 16, 1, 0, UInt8(ids.count)]
        for id in ids { bytes += [id, 0x11, 0] }
        bytes += [0xFF, 0xDA, 0, 2]
        return try JPEGHeader(bytes)
    }

    private static let jfif: [UInt8] = [0xFF, 0xE0, 0, 7] + Array("JFIF\u{0}".utf8)

    private static func adobe(_ transform: UInt8) -> [UInt8] {
        [0xFF, 0xEE, 0, 14] + Array("Adobe".utf8) + [0, 100, 0, 0, 0, 0, transform]
    }

    @Test func sizeAndProcess() throws {
        let lossy = try header(Self.jfif)
        #expect(lossy.rows == 16 && lossy.columns == 256 && lossy.bits == 8 && lossy.hasJFIF)
        #expect(lossy.process == .lossy)
        #expect(try header([], marker: 0xC3).process == .lossless)
        #expect(try header([0xFF, 0xFF, 0xFE, 0, 2], marker: 0xF7).process == .jpegLS)
    }

    @Test func coloursByTheDataSetUnlessTheStreamIsPlain() throws {
        #expect(try header([]).model(photometric: "RGB") == .rgb)
        #expect(try header([]).model(photometric: "YBR_FULL_422") == .ybrFull)
        #expect(try header(Self.jfif).model(photometric: "RGB") == .ybrFull)
        #expect(try header(Self.adobe(1)).model(photometric: "RGB") == .ybrFull)
        #expect(try header(Self.adobe(0)).model(photometric: "RGB") == .rgb)
        #expect(try header([], ids: Array("RGB".utf8)).model(photometric: "YBR_FULL") == .rgb)
        #expect(try header(Self.jfif, ids: [1]).model(photometric: "MONOCHROME2") == .grey)
    }

    @Test(arguments: [
        [0xFF, 0xD8], [0xFF, 0xD8, 0xFF], [0xFF, 0xD8, 0xFF, 0xC0, 0, 1], [0xFF, 0xD8, 0xFF, 0xC0, 255, 255],
    ])
    func cutHeaders(_ bytes: [UInt8]) {
        #expect(reason { _ = try JPEGHeader(bytes) } == "the JPEG data has no frame header")
    }
}
