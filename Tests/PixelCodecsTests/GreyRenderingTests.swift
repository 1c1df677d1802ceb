// From stored values to greys: rescale, tables, windows, inversion, padding, functional groups.

import DICOM
import Pixels
import Testing

@testable import PixelCodecs

@Suite struct GreyRenderingTests {
    private func image(_ words: [UInt16], isSigned: Bool = false, bitsStored: Int = 16) throws -> MadeImage {
        try MadeImage(rows: 1, columns: words.count, words: words, isSigned: isSigned, bitsStored: bitsStored)
    }

    @Test func withoutAnythingTheOccurringRangeIsSpread() throws {
        #expect(try image([100, 150, 200]).greys() == [0, 128, 255])
    }

    @Test func eightBitsAreShownAsTheyAre() throws {
        var image = try MadeImage(rows: 1, columns: 4, bitsAllocated: 8, bitsStored: 8)
        image.set(pixels: [10, 20, 128, 200])
        #expect(try image.greys() == [10, 20, 128, 200])
    }

    @Test func windowAppliesAfterRescale() throws {
        var image = try image([0, 1024, 1064, 4000])
        try image.dataSet.set(.rescaleSlope, "1")
        try image.dataSet.set(.rescaleIntercept, "-1024")
        try image.dataSet.set(.windowCenter, ["40", "0"])
        try image.dataSet.set(.windowWidth, ["400", "1"])
        // PS3.3 C.11.2.1.2.1: ((0 - 39.5) / 399 + 0.5) × 255 and ((40 - 39.5) / 399 + 0.5) × 255.
        #expect(try image.greys() == [0, 102, 128, 255])
        #expect(try image.greys(window: VOIWindow(center: 0, width: 1)) == [0, 255, 255, 255])
    }

    @Test(arguments: [
        ("LINEAR_EXACT", [0, 64, 128, 191, 255]), ("SIGMOID", [30, 69, 128, 186, 225]),
        ("LINEAR", [0, 64, 129, 193, 255]),
    ])
    func functionsOfTheWindow(_ name: String, _ greys: [UInt8]) throws {
        var image = try image([0, 25, 50, 75, 100])
        try image.dataSet.set(.windowCenter, "50")
        try image.dataSet.set(.windowWidth, "100")
        try image.dataSet.set(.voilutFunction, name)
        #expect(try image.greys() == greys)
    }

    @Test func windowOfImpossibleWidthIsPassedOver() throws {
        var image = try image([100, 150, 200])
        try image.dataSet.set(.windowCenter, "50")
        try image.dataSet.set(.windowWidth, "0")
        #expect(try image.greys() == [0, 128, 255])
    }

    @Test func voiTableIsPreferredAndItsEndsHold() throws {
        var image = try image([9, 10, 11, 12, 300])
        try image.dataSet.set(.windowCenter, "50")
        try image.dataSet.set(.windowWidth, "100")
        image.dataSet.set(.voilutSequence, items: [lutItem(entries: [0, 1023, 4095], first: 10, bits: 12)])
        #expect(try image.greys() == [0, 0, 64, 255, 255])
    }

    @Test func tableOfSingleBytesAndNegativeFirstValue() throws {
        var image = try image([0xFFFE, 0xFFFF, 0, 1], isSigned: true)
        image.dataSet.set(
            .voilutSequence, items: [lutItem(entries: [0, 100, 200, 255], first: -2, bits: 8, asBytes: true)])
        #expect(try image.greys() == [0, 100, 200, 255])
    }

    @Test func modalityTableComesFirst() throws {
        var image = try image([0, 1, 2])
        image.dataSet.set(.modalityLUTSequence, items: [lutItem(entries: [65535, 32768, 0], first: 0, bits: 16)])
        #expect(try image.greys() == [255, 128, 0])
        let answer = try image.answer(.values(ValuesOptions(stage: .modality)))
        #expect(LookupTable.words(answer.bytes) == [65535, 32768, 0])
        #expect(answer.frame.hasModalityLUT)
        #expect(try image.words() == [0, 1, 2])
    }

    @Test func inversionIsOnceHoweverOftenItIsSaid() throws {
        var image = try image([100, 150, 200])
        try image.dataSet.set(.photometricInterpretation, "MONOCHROME1")
        #expect(try image.greys() == [255, 128, 0])
        try image.dataSet.set(.presentationLUTShape, "INVERSE")
        #expect(try image.greys() == [255, 128, 0])
        try image.dataSet.set(.photometricInterpretation, "MONOCHROME2")
        #expect(try image.greys() == [255, 128, 0])
    }

    @Test func paddingDoesNotStretchTheRange() throws {
        var image = try image([0xF830, 0xF831, 100, 200], isSigned: true)
        try image.dataSet.set(.pixelPaddingValue, integers: [-2000], vr: .ss)
        #expect(try image.greys()[2...] == [243, 255])
        try image.dataSet.set(.pixelPaddingRangeLimit, integers: [-1999], vr: .ss)
        #expect(try image.greys() == [0, 0, 0, 255])
        #expect(try image.answer(.values(ValuesOptions())).frame.range == .init(lower: 100, upper: 200))
    }

    @Test func overlayBitsAreNoPartOfTheValue() throws {
        var image = try image([0xF005, 0x0FFF, 0x8800], isSigned: true, bitsStored: 12)
        #expect(try image.words() == [5, -1, -2048])
        try image.dataSet.set(.highBit, integers: [15])
        #expect(try image.words() == [-256, 255, -1920])
    }

    @Test func frameHasItsOwnGreyScale() throws {
        var image = try MadeImage(rows: 1, columns: 2, words: [0, 100, 0, 100])
        try image.dataSet.set(.numberOfFrames, "2")
        func groups(window: String, slope: String) throws -> DataSet {
            var voi = DataSet()
            try voi.set(.windowCenter, window)
            try voi.set(.windowWidth, "101")
            var rescale = DataSet()
            try rescale.set(.rescaleSlope, slope)
            try rescale.set(.rescaleIntercept, "0")
            var item = DataSet()
            item.set(.frameVOILUTSequence, items: [voi])
            item.set(.pixelValueTransformationSequence, items: [rescale])
            return item
        }
        image.dataSet.set(.sharedFunctionalGroupsSequence, items: [try groups(window: "1000", slope: "1")])
        image.dataSet.set(
            .perFrameFunctionalGroupsSequence,
            items: [try groups(window: "50.5", slope: "1"), try groups(window: "100.5", slope: "2")])
        #expect(try image.greys(frame: 1) == [0, 255])
        #expect(try image.greys(frame: 2) == [0, 255])
        #expect(try image.answer(.describe, frame: 2).frame.windows[0].center == 100.5)
        #expect(try image.answer(.describe, frame: 2).frame.rescaleSlope == 2)
        image.dataSet.remove(.perFrameFunctionalGroupsSequence)
        #expect(try image.answer(.describe, frame: 2).frame.windows[0].center == 1000)
    }

    @Test func srgbDiffersInTheMiddleOnly() throws {
        let image = try image([0, 100, 200])
        let greys = try image.greys(presentation: .srgb)
        #expect(greys[0] == 0 && greys[2] == 255)
        #expect(greys[1] != 128)
    }
}
