// Reading an image's header and the places of its frames, from chunks of any size and without its pixels.

import Testing

@testable import DICOM

@Suite struct ImageReaderTests {
    private func file(_ pixelData: DataElement, _ syntax: TransferSyntax) throws -> [UInt8] {
        var set = DataSet()
        try set.set(.sopClassUID, "1.2.840.10008.5.1.4.1.1.7")
        try set.set(.sopInstanceUID, "1.2.3")
        try set.set(.rows, integers: [2])
        // An icon's pixel data is not the image's.
        var icon = DataSet()
        icon.insert(DataElement(tag: .pixelData, vr: .ob, value: .bytes([9, 9])))
        set.set(DICOM.Tag(0x0088_0200), items: [icon])
        set.insert(pixelData)
        return try Part10Writer(transferSyntax: syntax).bytes(of: set)
    }

    /// Reads as a program does that can seek; counts the bytes that it needed.
    private func read(_ bytes: [UInt8], chunk: Int) throws -> (image: ImageFile, taken: Int) {
        var reader = ImageReader()
        var taken = 0
        while !reader.isComplete {
            let start = Int(min(reader.nextOffset, UInt64(bytes.count)))
            let piece = Array(bytes[start..<min(start + chunk, bytes.count)])
            if piece.isEmpty { break }
            taken += piece.count
            try piece.withBytes { (piece) throws(DICOMError) in try reader.consume(piece) }
        }
        return (try reader.finish(), taken)
    }

    @Test(arguments: [1, 7, 64, 100_000])
    func nativePixelsAreFoundAndNotRead(_ chunk: Int) throws {
        let pixels = [UInt8](repeating: 5, count: 50_000)
        let bytes = try file(
            DataElement(tag: .pixelData, vr: .ow, value: .bytes(pixels)), .explicitVRLittleEndian)
        let (image, taken) = try read(bytes, chunk: chunk)
        let place = try #require(image.pixelData)
        #expect(place.value == PixelDataPlace.Run(offset: UInt64(bytes.count - 50_000), byteCount: 50_000))
        #expect(!place.isEncapsulated && place.vr == .ow)
        #expect(image.dataSet.integer(.rows) == 2)
        #expect(image.dataSet[.pixelData] == nil)
        #expect(taken < 2000 + chunk)
    }

    @Test(arguments: [1, 7, 64, 100_000])
    func fragmentsAreFoundAndPassedOver(_ chunk: Int) throws {
        let fragments = [
            [1, 0, 0, 0], [UInt8](repeating: 3, count: 40_000), [4, 5], [UInt8](repeating: 6, count: 30_000),
        ]
        let bytes = try file(
            DataElement(tag: .pixelData, vr: .ob, value: .fragments(fragments)),
            TransferSyntax(uid: "1.2.840.10008.1.2.5", isEncapsulated: true))
        let (image, taken) = try read(bytes, chunk: chunk)
        let place = try #require(image.pixelData)
        #expect(place.isEncapsulated && place.basicOffsetTable == [1, 0, 0, 0])
        let found = place.fragments.map { Array(bytes[Int($0.offset)..<Int($0.end)]) }
        #expect(found == Array(fragments.dropFirst()))
        #expect(taken < 2000 + chunk * 5)
    }

    @Test func deflatedPixelsLieInTheInflatedDataSet() throws {
        let pixels = (0..<50_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }
        let bytes = try file(
            DataElement(tag: .pixelData, vr: .ow, value: .bytes(pixels)), .deflatedExplicitVRLittleEndian)
        let image = try read(bytes, chunk: 100).image
        let place = try #require(image.pixelData)
        let start = try #require(image.deflatedOffset)
        var run = try InflatedRun(PixelDataPlace.Run(offset: place.value.offset + 10_000, byteCount: 100))
        for piece in stride(from: Int(start), to: bytes.count, by: 999) where !run.isComplete {
            try Array(bytes[piece..<min(piece + 999, bytes.count)]).withBytes { (bytes) throws(DICOMError) in
                try run.consume(bytes)
            }
        }
        #expect(run.bytes == Array(pixels[10_000..<10_100]))
    }

    @Test func fileThatEndsEarly() throws {
        let bytes = try file(
            DataElement(tag: .pixelData, vr: .ow, value: .bytes([1, 2, 3, 4])), .explicitVRLittleEndian)
        #expect(try read(Array(bytes.dropLast(2)), chunk: 64).image.pixelData?.value.byteCount == 4)
        #expect(throws: DICOMError.self) { try read(Array(bytes.dropLast(19)), chunk: 64) }
    }

    @Test func strayItemDoesNotEndTheHeader() throws {
        let bytes = try file(
            DataElement(tag: .pixelData, vr: .ow, value: .bytes([1, 2, 3, 4])), .explicitVRLittleEndian)
        let start = bytes.count - 16
        let stray: [UInt8] = [0xFE, 0xFF, 0x00, 0xE0, 0, 0, 0, 0]
        #expect(try read(bytes[..<start] + stray + bytes[start...], chunk: 64).image.pixelData != nil)
    }
}
