// Image files made for a test: a data set with what every image needs, changed by the test, written to a folder.

import DICOM
import Foundation
import Pixels
import TestSupport

@testable import PixelCodecs

/// An image to be.
struct MadeImage {
    var dataSet = DataSet()
    var transferSyntax = TransferSyntax.explicitVRLittleEndian

    /// A grey image of 16-bit words.
    init(rows: Int, columns: Int, words: [UInt16], isSigned: Bool = false, bitsStored: Int = 16) throws {
        try self.init(rows: rows, columns: columns, bitsAllocated: 16, bitsStored: bitsStored, isSigned: isSigned)
        set(words: words)
    }

    /// A grey image without pixel data.
    init(rows: Int, columns: Int, bitsAllocated: Int, bitsStored: Int, isSigned: Bool = false) throws {
        try dataSet.set(.sopClassUID, "1.2.840.10008.5.1.4.1.1.7")
        try dataSet.set(.sopInstanceUID, "1.2.3.4")
        try dataSet.set(.photometricInterpretation, "MONOCHROME2")
        let numbers: [(Tag, Int)] = [
            (.rows, rows), (.columns, columns), (.samplesPerPixel, 1), (.bitsAllocated, bitsAllocated),
            (.bitsStored, bitsStored), (.highBit, bitsStored - 1), (.pixelRepresentation, isSigned ? 1 : 0),
        ]
        for (tag, number) in numbers { try dataSet.set(tag, integers: [number]) }
    }

    mutating func set(words: [UInt16]) {
        set(pixels: words.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }, vr: .ow)
    }

    mutating func set(pixels: [UInt8], vr: VR = .ob) {
        dataSet.insert(DataElement(tag: .pixelData, vr: vr, value: .bytes(pixels)))
    }

    /// - Parameter fragments: After an empty basic offset table, unless the first is given as one.
    mutating func set(fragments: [[UInt8]], basicOffsetTable: [UInt8] = [], syntax uid: String) throws {
        transferSyntax = TransferSyntax(uid: uid, isEncapsulated: true)
        dataSet.insert(
            DataElement(tag: .pixelData, vr: .ob, value: .fragments([basicOffsetTable] + fragments)))
    }

    func bytes() throws -> [UInt8] {
        try Part10Writer(transferSyntax: transferSyntax).bytes(of: dataSet)
    }

    /// Does a task on this image.
    func answer(_ task: PixelRequest.Task, frame: Int = 1) throws -> PixelAnswer {
        let folder = try TemporaryFolder()
        let path = folder.path + "/image.dcm"
        try Data(try bytes()).write(to: URL(filePath: path))
        return try PixelWork().answer(
            PixelRequest(source: PixelSource(path: path), frameNumber: frame, task: task))
    }

    /// The stored values of a frame.
    func words(frame: Int = 1, density: Double = 1) throws -> [Int] {
        let answer = try answer(.values(ValuesOptions(size: .density(density))), frame: frame)
        return LookupTable.words(answer.bytes).map {
            GreyFrame.number($0, isSigned: answer.raster?.format == .int16)
        }
    }

    /// The greys of a frame: those of the rendering, before the PNG.
    func greys(frame: Int = 1, window: VOIWindow? = nil, presentation: Presentation = .gsdf) throws -> [UInt8] {
        let folder = try TemporaryFolder()
        let path = folder.path + "/image.dcm"
        try Data(try bytes()).write(to: URL(filePath: path))
        let source = try SourceFile.open(PixelSource(path: path))
        let header = try ImageHeader(try source.header(limits: .standard), limits: .standard)
        let decoded = try FrameDecoder(header: header, source: source, limits: .standard).decode(frame: frame)
        let grey = GreyFrame(decoded, image: header.image)
        let scale = GreyScale(header, frame: frame)
        let rendering = GreyRendering(
            scale: scale, image: header.image, window: window, range: grey.storedRange(without: scale.padding),
            presentation: presentation)
        return rendering.greys(grey, range: grey.storedRange(without: nil))
    }
}

/// A US element, with the VR that a signed one has.
func lutItem(entries: [UInt16], first: Int, bits: Int, asBytes: Bool = false) -> DataSet {
    let descriptor = [UInt16(entries.count & 0xFFFF), UInt16(truncatingIfNeeded: first), UInt16(bits)]
    let data = asBytes ? entries.map { UInt8($0) } : entries.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    return DataSet(elements: [
        DataElement(
            tag: .lutDescriptor, vr: first < 0 ? .ss : .us,
            value: .bytes(descriptor.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })),
        DataElement(tag: .lutData, vr: .ow, value: .bytes(data)),
    ])
}

/// The reason for which there are no pixels; nil when there are.
func reason(_ body: () throws -> Void) -> String? {
    do {
        try body()
        return nil
    } catch {
        return (error as? PixelsError)?.reason ?? "\(error)"
    }
}
