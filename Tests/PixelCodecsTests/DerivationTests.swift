// Derived files: what is written is what was planned, whichever way the frames went.

import DICOM
import Foundation
import Pixels
import TestSupport
import Testing

@testable import PixelCodecs

@Suite struct DerivationTests {
    private func derived(_ image: MadeImage, _ density: Double = 0.5, form: DeriveOptions.Form = .stored) throws
        -> (answer: PixelAnswer, file: DICOMFile)
    {
        let folder = try TemporaryFolder()
        var image = image
        try image.dataSet.set(.studyInstanceUID, "1.2.3")
        try image.dataSet.set(.seriesInstanceUID, "1.2.4")
        try Data(try image.bytes()).write(to: URL(filePath: folder.path + "/in.dcm"))
        let options = DeriveOptions(density: density, form: form, recipient: "x", policyVersion: "v")
        let answer = try PixelWork().answer(
            PixelRequest(
                source: PixelSource(path: folder.path + "/in.dcm"), task: .derive(options),
                target: folder.path + "/out.dcm"))
        let bytes = Array(try Data(contentsOf: URL(filePath: folder.path + "/out.dcm")))
        #expect(answer.raster?.byteCount == bytes.count)
        return (answer, try DataSetReader.read(bytes))
    }

    @Test func theExtremesAreThoseOfAllFramesAndOfNoPadding() throws {
        let words: [UInt16] = [4, 4, 0, 0, 4, 4, 0, 0, 100, 102, 8, 8, 104, 106, 8, 8]
        var image = try MadeImage(rows: 2, columns: 4, words: words)
        try image.dataSet.set(.numberOfFrames, integers: [2])
        try image.dataSet.set(.pixelPaddingValue, integers: [0], vr: .us)
        for tag in [Tag.smallestImagePixelValue, .largestImagePixelValue] {
            try image.dataSet.set(tag, integers: [9], vr: .us)
        }
        let made = try derived(image).file.dataSet
        #expect(made[.pixelData]?.bytes == [4, 0, 0, 0, 103, 0, 8, 0])
        #expect(made.integer(.smallestImagePixelValue) == 4)
        #expect(made.integer(.largestImagePixelValue) == 103)
    }

    @Test func overlayBitsAreNoValues() throws {
        let image = try MadeImage(rows: 2, columns: 2, words: [0xF001, 0x1003, 0x0005, 0x2007], bitsStored: 12)
        let made = try derived(image).file.dataSet
        #expect(made[.pixelData]?.bytes == [4, 0] && made.integer(.bitsStored) == 12)
    }

    @Test func runsOfRowsAndWholeFramesGiveTheSame() throws {
        let words = (0..<256 * 400).map { UInt16(truncatingIfNeeded: $0 &* 31) }
        let native = try MadeImage(rows: 400, columns: 256, words: words)
        var big = native
        big.transferSyntax = .explicitVRBigEndian
        #expect(try derived(native, 0.25).file.dataSet[.pixelData] == derived(big, 0.25).file.dataSet[.pixelData])
    }

    @Test func aTargetIsNeeded() throws {
        let image = try MadeImage(rows: 2, columns: 2, words: [1, 2, 3, 4])
        let options = DeriveOptions(density: 0.5, recipient: "x", policyVersion: "v")
        #expect(reason { _ = try image.answer(.derive(options)) } == "a derived file needs a target")
    }

    @Test func framesThatNoLengthCanSayAreRefused() throws {
        let layout = SampleLayout.rgb(frameCount: 2_000)
        #expect(layout.byteCount(rows: 1_000, columns: 1_000) == 6_000_000_000)
        #expect(throws: DICOMError.self) {
            var dataSet = DataSet()
            try dataSet.set(.sopClassUID, "1.2")
            try dataSet.set(.sopInstanceUID, "1.2")
            _ = try Part10Writer(transferSyntax: .explicitVRLittleEndian).opening(
                of: dataSet, before: (.pixelData, .ow), byteCount: layout.byteCount(rows: 1_000, columns: 1_000))
        }
    }

    @Test func bitsRunOnFromFrameToFrame() {
        var bits = BitPacking()
        #expect(bits.packed([1, 0, 1, 1, 0]) == [])
        #expect(bits.packed([1, 1, 0, 1, 1]) == [0b0110_1101])
        #expect(bits.rest() == [0b11] && bits.rest() == [])
    }
}
