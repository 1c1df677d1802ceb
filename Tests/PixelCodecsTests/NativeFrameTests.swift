// Uncompressed frames: where each lies, byte order, single bits, halved colours.

import DICOM
import Pixels
import Testing

@testable import PixelCodecs

@Suite struct NativeFrameTests {
    @Test func eachFrameIsItsOwn() throws {
        var image = try MadeImage(rows: 1, columns: 2, words: [1, 2, 3, 4, 5, 6])
        try image.dataSet.set(.numberOfFrames, "3")
        #expect(try (1...3).map { try image.words(frame: $0) } == [[1, 2], [3, 4], [5, 6]])
        #expect(reason { _ = try image.words(frame: 4) } == "there is no frame 4 of 3")
    }

    @Test(arguments: [TransferSyntax.explicitVRBigEndian, .implicitVRLittleEndian, .deflatedExplicitVRLittleEndian])
    func otherEncodings(_ syntax: TransferSyntax) throws {
        var image = try MadeImage(rows: 1, columns: 2, words: [1, 0x1234, 3, 0xFFFE])
        try image.dataSet.set(.numberOfFrames, "2")
        image.transferSyntax = syntax
        #expect(try image.words(frame: 2) == [3, 0xFFFE])
    }

    @Test func bitsGoOnAcrossFrames() throws {
        var image = try MadeImage(rows: 1, columns: 3, bitsAllocated: 1, bitsStored: 1)
        try image.dataSet.set(.numberOfFrames, "4")
        image.set(pixels: [0b1000_1101, 0b0000_1010])
        #expect(
            try (1...4).map { try image.words(frame: $0) } == [[1, 0, 1], [1, 0, 0], [0, 1, 0], [1, 0, 1]])
    }

    @Test func floatsAndWideIntegers() throws {
        var image = try MadeImage(rows: 1, columns: 2, bitsAllocated: 32, bitsStored: 32, isSigned: true)
        image.set(pixels: [0xFE, 0xFF, 0xFF, 0xFF, 0, 0, 0, 1], vr: .ow)
        let integers = try image.answer(.values(ValuesOptions()))
        #expect(integers.raster?.format == .int32)
        #expect(integers.bytes == [0xFE, 0xFF, 0xFF, 0xFF, 0, 0, 0, 1])
        #expect(integers.frame.range == .init(lower: -2, upper: 16_777_216))
        image.dataSet.remove(.pixelData)
        image.dataSet.insert(
            DataElement(tag: .floatPixelData, vr: .of, value: .bytes([0, 0, 0x80, 0x3F, 0, 0, 0xC0, 0x7F])))
        let floats = try image.answer(.values(ValuesOptions()))
        #expect(floats.raster?.format == .float32)
        #expect(floats.frame.range == .init(lower: 1, upper: 1))
        #expect(try image.answer(.png(RenderOptions())).raster?.format == .png)
    }

    @Test func whatIsTooShortIsSaidToBe() throws {
        var image = try MadeImage(rows: 2, columns: 2, words: [1, 2, 3])
        #expect(reason { _ = try image.words() }?.hasPrefix("the pixel data has 6 bytes, fewer") == true)
        image.dataSet.remove(.pixelData)
        #expect(reason { _ = try image.words() } == "there is no pixel data")
    }

    @Test func contradictionsAreSaid() throws {
        func reasonAfter(_ tag: DICOM.Tag, _ number: Int) throws -> String? {
            var image = try MadeImage(rows: 1, columns: 2, words: [1, 2])
            try image.dataSet.set(tag, integers: [number])
            return reason { _ = try image.words() }
        }
        #expect(try reasonAfter(.rows, 0) == "the number of rows is missing or 0")
        #expect(try reasonAfter(.bitsAllocated, 12) == "12 bits allocated are not supported (1, 8, 16 and 32 are)")
        #expect(try reasonAfter(.bitsStored, 17) == "17 bits are stored of 16 allocated")
        #expect(try reasonAfter(.samplesPerPixel, 3) == "MONOCHROME2 has 1 samples a pixel, not 3")
        #expect(try reasonAfter(.numberOfFrames, -1) == "the number of frames, '-1', is none")
        #expect(try reasonAfter(.highBit, 300) == nil)
    }
}
