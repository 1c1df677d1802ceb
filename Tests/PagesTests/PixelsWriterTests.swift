// Writes pixel files and reads them back by the format that PixelsHeader.swift tells, with zlib's own inflation.

import CZlib
import Foundation
import Pages
import Testing

@Suite struct PixelsWriterTests {
    /// The text of a pixel file whose samples come in pieces of a size.
    static func text(_ samples: [UInt8], _ header: PixelsHeader, pieceSize: Int, key: String = "3-41") -> String {
        var file: [UInt8] = []
        var writer = PixelsWriter(key: key, header: header)
        for start in stride(from: 0, to: samples.count, by: pieceSize) {
            samples[start..<min(start + pieceSize, samples.count)].withUnsafeBytes { piece in
                writer.append(piece) { file += $0 }
            }
        }
        writer.finish { file += $0 }
        return String(decoding: file, as: UTF8.self)
    }

    /// The key, the header and the packed bytes of a pixel file.
    static func parts(_ text: String) throws -> (key: String, header: [String: Any], bytes: [UInt8]) {
        let match = try #require(text.wholeMatch(of: /filmroomPixels\("([^"]*)",(\{[^}]*\}),"([A-Za-z0-9+\/=]*)"\);\n/))
        let object = try JSONSerialization.jsonObject(with: Data(match.output.2.utf8))
        let header = try #require(object as? [String: Any])
        let packed = try #require(Data(base64Encoded: String(match.output.3)))
        return (String(match.output.1), header, Array(packed))
    }

    private static func inflated(_ bytes: [UInt8], byteCount: Int) throws -> [UInt8] {
        var input = bytes
        var output = [UInt8](repeating: 0, count: byteCount + 1)
        var stream = z_stream()
        #expect(inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK)
        defer { inflateEnd(&stream) }
        let code = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                return inflate(&stream, Z_FINISH)
            }
        }
        #expect(code == Z_STREAM_END && Int(stream.total_out) == byteCount && stream.avail_in == 0)
        return Array(output.prefix(byteCount))
    }

    /// Undoes `delta-blocks`, bit by bit.
    static func samples(packed: [UInt8], columns: Int) -> [UInt16] {
        var result: [UInt16] = []
        var rest = packed[...]
        while !rest.isEmpty {
            var row: [UInt16] = []
            while row.count < columns {
                let width = Int(rest.removeFirst())
                let bytes = Array(rest.prefix(width))
                rest = rest.dropFirst(width)
                for number in 0..<8 {
                    let folded = (0..<width).reduce(UInt16(0)) { value, bit in
                        let place = number * width + bit
                        return value | UInt16(bytes[place / 8] >> (place % 8) & 1) << bit
                    }
                    row.append((row.last ?? 0) &+ (folded >> 1 ^ (folded & 1 == 1 ? 0xFFFF : 0)))
                }
            }
            #expect(row[columns...].allSatisfy { $0 == row[columns - 1] })
            result += row[..<columns]
        }
        return result
    }

    static func littleEndian(_ samples: [UInt16]) -> [UInt8] {
        samples.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    }

    @Test(arguments: [1, 2, 3, 7, 10, 64, 100_000])
    func sixteenBitSamplesComeBackHoweverTheyAreCut(pieceSize: Int) throws {
        let whole = (0..<90).map { (index: Int) -> UInt16 in UInt16(truncatingIfNeeded: index * 25_147) }
        let header = PixelsHeader(rows: 9, columns: 5, frames: 2, type: .int16)
        let parts = try Self.parts(Self.text(Self.littleEndian(whole), header, pieceSize: pieceSize))
        #expect(parts.key == "3-41")
        #expect(parts.header["rows"] as? Int == 9 && parts.header["columns"] as? Int == 5)
        #expect(parts.header["frames"] as? Int == 2 && parts.header["type"] as? String == "int16")
        #expect(parts.header["compression"] as? String == "delta-blocks")
        #expect(Self.samples(packed: parts.bytes, columns: 5) == whole)
    }

    @Test func extremesOfOneRow() throws {
        let row: [UInt16] = [0, 65535, 0, 32768, 32767, 1, 65534]
        let header = PixelsHeader(rows: 1, columns: 7, type: .uint16)
        let parts = try Self.parts(Self.text(Self.littleEndian(row), header, pieceSize: 14))
        #expect(Self.samples(packed: parts.bytes, columns: 7) == row)
    }

    /// Differences of up to so many bits, in rows of every length up to three blocks.
    @Test(arguments: 0...16)
    func everyWidthComesBack(width: Int) throws {
        var generator = SystemRandomNumberGenerator()
        for columns in 1...24 {
            let largest = Int32(1) << width - 1
            var sample: UInt16 = 0
            let samples = (0..<3 * columns).map { _ in
                let folded = UInt16(Int32.random(in: 0...largest, using: &generator))
                sample = sample &+ (folded >> 1 ^ (folded & 1 == 1 ? 0xFFFF : 0))
                return sample
            }
            let header = PixelsHeader(rows: 3, columns: columns, type: .uint16)
            let parts = try Self.parts(Self.text(Self.littleEndian(samples), header, pieceSize: 11))
            #expect(Self.samples(packed: parts.bytes, columns: columns) == samples)
        }
    }

    @Test func bytesAndColoursAreDeflated() throws {
        for (type, count) in [(PixelsHeader.SampleType.uint8, 12), (.rgb8, 36)] {
            let samples = (0..<count).map { UInt8($0 * 7) }
            let header = PixelsHeader(rows: 3, columns: 4, type: type)
            let parts = try Self.parts(Self.text(samples, header, pieceSize: 5))
            #expect(try Self.inflated(parts.bytes, byteCount: count) == samples)
            #expect(parts.header["compression"] as? String == "deflate-raw")
        }
    }

    @Test func smoothImagesBecomeSmall() {
        let samples = (0..<(512 * 512)).map { (index: Int) -> UInt16 in UInt16(1000 + index % 512 / 3) }
        let header = PixelsHeader(rows: 512, columns: 512, type: .uint16)
        #expect(Self.text(Self.littleEndian(samples), header, pieceSize: 1 << 16).utf8.count < header.byteCount / 3)
    }

    @Test func anErrorOfTheFileEndsTheWriting() {
        struct Full: Error {}
        var writer = PixelsWriter(key: "1", header: PixelsHeader(rows: 1, columns: 1, type: .uint8))
        #expect(throws: Full.self) {
            try [UInt8(1)].withUnsafeBytes { samples in
                try writer.append(samples) { (_: UnsafeRawBufferPointer) throws(Full) in throw Full() }
            }
        }
    }

    @Test func longImagesAreSplit() {
        #expect(PixelsHeader.framesPerFile(rows: 512, columns: 512, type: .int16) == 64)
        #expect(PixelsHeader.framesPerFile(rows: 4096, columns: 3328, type: .uint16) == 1)
        #expect(PixelsHeader.framesPerFile(rows: 20_000, columns: 20_000, type: .rgb8) == 1)
    }

    @Test(arguments: [false, true])
    func bytesOfNoiseAreStoredAndOthersCompressed(isNoise: Bool) throws {
        let header = PixelsHeader(rows: 1_024, columns: 1_000, type: .uint8)
        var generator = SystemRandomNumberGenerator()
        let samples = (0..<header.byteCount).map {
            isNoise ? UInt8.random(in: 0...255, using: &generator) : UInt8($0 % 3)
        }
        let text = Self.text(samples, header, pieceSize: 70_001)
        #expect(try Self.inflated(try Self.parts(text).bytes, byteCount: header.byteCount) == samples)
        #expect(isNoise == (text.utf8.count > header.byteCount))
        #expect(text.utf8.count < header.byteCount * 135 / 100)
    }

    @Test func noiseOfTwelveBitsTakesNoMoreThanItIs() {
        let header = PixelsHeader(rows: 256, columns: 1_000, type: .uint16)
        var generator = SystemRandomNumberGenerator()
        let samples = (0..<header.byteCount / 2).map { _ in UInt16.random(in: 0..<4_096, using: &generator) }
        // 13 bits for a difference, a byte for eight of them, base64.
        let limit = header.byteCount * 14 * 4 / (16 * 3) + 256
        #expect(Self.text(Self.littleEndian(samples), header, pieceSize: 70_001).utf8.count <= limit)
    }
}
