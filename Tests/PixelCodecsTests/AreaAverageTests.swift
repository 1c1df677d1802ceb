// Reduction by area: means, shares of pixels, padding, sizes.

import DICOM
import Pixels
import Testing

@testable import PixelCodecs

@Suite struct AreaAverageTests {
    @Test func blocksOfWholePixels() {
        let average = AreaAverage(rows: 2, columns: 4, newRows: 1, newColumns: 2)
        #expect(average.bytes([0, 10, 100, 100, 20, 30, 200, 202], channels: 1) == [15, 151])
    }

    @Test func sharesOfPixels() {
        // Each new pixel covers one and a half old ones.
        let average = AreaAverage(rows: 1, columns: 3, newRows: 1, newColumns: 2)
        #expect(average.bytes([0, 90, 240], channels: 1) == [30, 190])
    }

    @Test func channelsStayApart() {
        let average = AreaAverage(rows: 1, columns: 2, newRows: 1, newColumns: 1)
        #expect(average.bytes([0, 100, 200, 10, 120, 240], channels: 3) == [5, 110, 220])
    }

    @Test func signedValuesAndTheirMean() throws {
        let image = try MadeImage(rows: 1, columns: 4, words: [0xFC18, 0xFC1A, 10, 20], isSigned: true)
        #expect(try image.words(density: 0.5) == [-999, 15])
    }

    @Test func paddingIsNotMixedIn() throws {
        var image = try MadeImage(rows: 1, columns: 6, words: [0xF830, 0xF830, 100, 0xF830, 50, 60], isSigned: true)
        try image.dataSet.set(.pixelPaddingValue, integers: [-2000], vr: .ss)
        #expect(try image.words(density: 1.0 / 3) == [-2000, 55])
        #expect(try image.words(density: 0.5) == [-2000, -2000, 55])
    }

    @Test func reductionIsTheSameForEveryContainer() throws {
        var wide = try MadeImage(rows: 2, columns: 2, bitsAllocated: 32, bitsStored: 32)
        wide.set(pixels: [1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 6, 0, 0, 0], vr: .ow)
        let answer = try wide.answer(.values(ValuesOptions(size: .density(0.5))))
        #expect(answer.bytes == [3, 0, 0, 0])
        #expect(answer.raster == RasterDescription(rows: 1, columns: 1, format: .uint32, byteCount: 4))
    }
}
