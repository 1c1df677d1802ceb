// Frames among fragments: by tables, one by one, by their first bytes; and RLE.

import DICOM
import Pixels
import Testing

@testable import PixelCodecs

@Suite struct EncapsulatedFrameTests {
    private static let rle = "1.2.840.10008.1.2.5"

    /// An RLE frame of 8-bit pixels.
    private func rle(_ segments: [[UInt8]]) -> [UInt8] {
        var header = [UInt8](repeating: 0, count: 64)
        header[0] = UInt8(segments.count)
        var start = 64
        for (index, segment) in segments.enumerated() {
            header[4 + index * 4] = UInt8(start)
            start += segment.count
        }
        return header + segments.flatMap { $0 }
    }

    private func image(columns: Int, frames: Int) throws -> MadeImage {
        var image = try MadeImage(rows: 1, columns: columns, bitsAllocated: 8, bitsStored: 8)
        try image.dataSet.set(.numberOfFrames, "\(frames)")
        return image
    }

    @Test func runsAndLiterals() throws {
        var image = try image(columns: 6, frames: 1)
        // Three literals, no operation, three times 9.
        try image.set(fragments: [rle([[2, 1, 2, 3, 128, 254, 9]])], syntax: Self.rle)
        #expect(try image.words() == [1, 2, 3, 9, 9, 9])
        try image.set(fragments: [rle([[2, 1, 2, 3, 128]])], syntax: Self.rle)
        #expect(reason { _ = try image.words() } == "an RLE segment ends too early")
        try image.set(fragments: [rle([[0, 1], [0, 1]])], syntax: Self.rle)
        #expect(reason { _ = try image.words() }?.hasPrefix("the RLE data has 2 segments") == true)
        try image.set(fragments: [[UInt8](repeating: 255, count: 70)], syntax: Self.rle)
        #expect(reason { _ = try image.words() }?.contains("segments") == true)
        try image.set(fragments: [], syntax: Self.rle)
        #expect(reason { _ = try image.words() } == "the pixel data has no fragment")
    }

    @Test func wordsComeHighByteFirst() throws {
        var image = try MadeImage(rows: 1, columns: 2, bitsAllocated: 16, bitsStored: 16)
        try image.set(fragments: [rle([[1, 0x12, 0x56], [1, 0x34, 0x78]])], syntax: Self.rle)
        #expect(try image.words() == [0x1234, 0x5678])
    }

    @Test func oneFragmentAFrame() throws {
        var image = try image(columns: 2, frames: 3)
        try image.set(fragments: (1...3).map { rle([[1, $0, $0]]) }, syntax: Self.rle)
        #expect(try (1...3).map { try image.words(frame: $0) } == [[1, 1], [2, 2], [3, 3]])
    }

    /// Two frames, the first of two fragments.
    private func cutImage(table: [UInt8]) throws -> MadeImage {
        var image = try image(columns: 2, frames: 2)
        let first = rle([[1, 1, 1]])
        let fragments = [Array(first[..<30]), Array(first[30...]), rle([[1, 2, 2]])]
        try image.set(fragments: fragments, basicOffsetTable: table, syntax: Self.rle)
        return image
    }

    @Test func basicOffsetTable() throws {
        // Headers of 8 bytes; 30 bytes, then 37 and their padding.
        let image = try cutImage(table: [0, 0, 0, 0, 84, 0, 0, 0])
        #expect(try (1...2).map { try image.words(frame: $0) } == [[1, 1], [2, 2]])
    }

    @Test func wrongTableIsNotBelieved() throws {
        let image = try cutImage(table: [0, 0, 0, 0, 85, 0, 0, 0])
        #expect(reason { _ = try image.words(frame: 2) } == "which fragments make up frame 2 cannot be told")
    }

    @Test func extendedOffsetTable() throws {
        var image = try cutImage(table: [])
        let table = [UInt8](repeating: 0, count: 8) + [84, 0, 0, 0, 0, 0, 0, 0]
        image.dataSet.insert(DataElement(tag: .extendedOffsetTable, vr: .ov, value: .bytes(table)))
        #expect(try (1...2).map { try image.words(frame: $0) } == [[1, 1], [2, 2]])
    }

    @Test func framesByTheirFirstBytes() throws {
        var image = try image(columns: 2, frames: 2)
        let start: [UInt8] = [0xFF, 0xD8, 0xFF, 0xF7]
        try image.set(fragments: [start, [1, 2], [3, 4], start, [5, 6]], syntax: "1.2.840.10008.1.2.4.80")
        // Found, and then not decodable.
        #expect(reason { _ = try image.words(frame: 2) } == "the JPEG data has no frame header")
        try image.set(fragments: [start], syntax: "1.2.840.10008.1.2.4.80")
        #expect(reason { _ = try image.words(frame: 2) } == "there are fewer fragments (1) than frames (2)")
    }

    @Test func unknownDataAndVideoAreSaid() throws {
        var image = try image(columns: 2, frames: 1)
        try image.set(fragments: [[1, 2, 3, 4]], syntax: "1.2.840.10008.1.2.4.90")
        #expect(reason { _ = try image.words() }?.hasPrefix("the compressed data does not begin as JPEG 2000") == true)
        try image.set(fragments: [[1, 2, 3, 4]], syntax: "1.2.840.10008.1.2.4.100")
        #expect(reason { _ = try image.words() }?.hasPrefix("video") == true)
    }
}
