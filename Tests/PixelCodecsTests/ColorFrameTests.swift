// Colours: planes, halved samples, conversions, palettes.

import DICOM
import Pixels
import Testing

@testable import PixelCodecs

@Suite struct ColorFrameTests {
    private func image(_ photometric: String, columns: Int, pixels: [UInt8], planar: Int = 0) throws -> MadeImage {
        var image = try MadeImage(rows: 1, columns: columns, bitsAllocated: 8, bitsStored: 8)
        try image.dataSet.set(.photometricInterpretation, photometric)
        try image.dataSet.set(.samplesPerPixel, integers: [3])
        try image.dataSet.set(.planarConfiguration, integers: [planar])
        image.set(pixels: pixels)
        return image
    }

    private func pixels(_ image: MadeImage) throws -> [UInt8] {
        let answer = try image.answer(.values(ValuesOptions()))
        #expect(answer.raster?.format == .rgb8)
        return answer.bytes
    }

    @Test func planesBecomePixels() throws {
        let image = try image("RGB", columns: 2, pixels: [1, 2, 3, 4, 5, 6], planar: 1)
        #expect(try pixels(image) == [1, 3, 5, 2, 4, 6])
    }

    @Test func fullRangeYBR() throws {
        let image = try image("YBR_FULL", columns: 2, pixels: [76, 85, 255, 29, 255, 107])
        #expect(try pixels(image) == [254, 0, 0, 0, 0, 254])
    }

    @Test func halvedColoursAreShared() throws {
        let image = try image("YBR_FULL_422", columns: 2, pixels: [100, 200, 128, 128])
        #expect(try pixels(image) == [100, 100, 100, 200, 200, 200])
        let odd = try self.image("YBR_FULL_422", columns: 3, pixels: [100, 200, 128, 128, 1, 2])
        #expect(reason { _ = try pixels(odd) }?.contains("even number of columns") == true)
    }

    @Test func studioRange() throws {
        let image = try image("YBR_PARTIAL_422", columns: 2, pixels: [16, 235, 128, 128])
        #expect(try pixels(image) == [0, 0, 0, 255, 255, 255])
    }

    @Test func sixteenBitsGiveTheirUpperHalf() throws {
        var image = try image("RGB", columns: 1, pixels: [0xFF, 0x12, 0, 0x34, 0x80, 0x56])
        for tag in [DICOM.Tag.bitsAllocated, .bitsStored] { try image.dataSet.set(tag, integers: [16]) }
        try image.dataSet.set(.highBit, integers: [15])
        #expect(try pixels(image) == [0x12, 0x34, 0x56])
    }

    @Test func paletteOfWordsAndOfBytes() throws {
        var image = try MadeImage(rows: 1, columns: 4, bitsAllocated: 8, bitsStored: 8)
        try image.dataSet.set(.photometricInterpretation, "PALETTE COLOR")
        image.set(pixels: [0, 5, 6, 255])
        let places: [(DICOM.Tag, DICOM.Tag)] = [
            (.redPaletteColorLookupTableDescriptor, .redPaletteColorLookupTableData),
            (.greenPaletteColorLookupTableDescriptor, .greenPaletteColorLookupTableData),
            (.bluePaletteColorLookupTableDescriptor, .bluePaletteColorLookupTableData),
        ]
        for (index, (descriptor, data)) in places.enumerated() {
            let isBytes = index == 2
            try image.dataSet.set(descriptor, integers: [2, 5, isBytes ? 8 : 16], vr: .us)
            let table: [UInt8] = isBytes ? [3, 6] : [0, UInt8(index + 1), 0, UInt8(index + 4)]
            image.dataSet.insert(DataElement(tag: data, vr: .ow, value: .bytes(table)))
        }
        #expect(try pixels(image) == [1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6])
        image.dataSet.remove(.bluePaletteColorLookupTableData)
        #expect(reason { _ = try pixels(image) }?.contains("palette") == true)
    }

    @Test func segmentsOfAllKinds() throws {
        // Two values, a line of three from the last, then the first two segments again.
        let words: [UInt16] = [0, 2, 10, 20, 1, 3, 50, 2, 2, 0, 0]
        let table = SegmentedTable(words: words, bits: 16)
        #expect(try table.expanded(limit: 100) == [10, 20, 30, 40, 50, 10, 20, 30, 40, 50])
        #expect(reason { _ = try table.expanded(limit: 7) } == "a segmented palette has too many entries")
        #expect(reason { _ = try SegmentedTable(words: [0, 9, 1], bits: 16).expanded(limit: 9) } != nil)
        #expect(reason { _ = try SegmentedTable(words: [1, 2, 1], bits: 16).expanded(limit: 9) } != nil)
        // An indirect segment that names itself.
        #expect(reason { _ = try SegmentedTable(words: [2, 1, 0, 0], bits: 16).expanded(limit: 9) } != nil)
    }
}
