// FrameLocator owns where in the file the bytes of a frame lie: a run of a native value, or the fragments of an
// encapsulated one. It believes an offset table only as far as the fragments bear it out.

internal import DICOM
internal import Pixels

/// The finder of frames.
///
/// - Source: DICOM PS3.5 section 8.2 and annex A.4; PS3.3 section C.7.6.3.1.8 for the extended offset table.
struct FrameLocator {
    let header: ImageHeader
    let source: SourceFile

    /// The fragments that make up a frame.
    ///
    /// - Parameter index: From 0.
    func fragments(ofFrame index: Int) throws(PixelsError) -> [PixelDataPlace.Run] {
        let all = header.pixelData.fragments
        let frameCount = header.image.frameCount
        guard !all.isEmpty else { throw .unrenderable("the pixel data has no fragment") }
        if frameCount == 1 { return all }
        if let starts = offsets(.extendedOffsetTable), let found = group(starts, of: index) { return found }
        let basic = Self.numbers32(header.pixelData.basicOffsetTable)
        if basic.count == frameCount, let found = group(basic, of: index) { return found }
        if all.count == frameCount { return [all[index]] }
        return try fragmentsByStart(of: index)
    }

    /// The frame offsets of an extended offset table; nil without one.
    private func offsets(_ tag: Tag) -> [UInt64]? {
        guard let bytes = header.file.dataSet[tag]?.bytes, bytes.count >= header.image.frameCount * 8 else {
            return nil
        }
        return (0..<header.image.frameCount).map { index in
            bytes[index * 8..<index * 8 + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
    }

    private static func numbers32(_ bytes: [UInt8]) -> [UInt64] {
        (0..<bytes.count / 4).map { index in
            bytes[index * 4..<index * 4 + 4].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
    }

    /// The fragments from one offset to the next; nil when no fragment starts where the table says.
    private func group(_ starts: [UInt64], of index: Int) -> [PixelDataPlace.Run]? {
        let all = header.pixelData.fragments
        let base = all[0].offset
        func position(_ start: UInt64) -> Int? {
            let (wanted, overflow) = base.addingReportingOverflow(start)
            guard !overflow else { return nil }
            var low = 0
            var high = all.count
            while low < high {
                let middle = (low + high) / 2
                if all[middle].offset < wanted { low = middle + 1 } else { high = middle }
            }
            return low < all.count && all[low].offset == wanted ? low : nil
        }
        guard let first = position(starts[index]) else { return nil }
        let end = index + 1 < starts.count ? position(starts[index + 1]) : all.count
        guard let end, first < end else { return nil }
        return Array(all[first..<end])
    }

    /// Tells frames apart by the markers with which codestreams start, where there is no table.
    private func fragmentsByStart(of index: Int) throws(PixelsError) -> [PixelDataPlace.Run] {
        let all = header.pixelData.fragments
        guard all.count > header.image.frameCount else {
            throw .unrenderable("there are fewer fragments (\(all.count)) than frames (\(header.image.frameCount))")
        }
        var found: [PixelDataPlace.Run] = []
        var frame = -1
        for run in all {
            if Codestream(prefix: try source.bytes(at: run.offset, count: 12)) != .unknown { frame += 1 }
            if frame > index { break }
            if frame == index { found.append(run) }
        }
        guard !found.isEmpty else {
            throw .unrenderable("which fragments make up frame \(index + 1) cannot be told")
        }
        return found
    }

    /// The bytes of an encapsulated frame.
    func encapsulatedBytes(ofFrame index: Int, limits: PixelLimits) throws(PixelsError) -> [UInt8] {
        let runs = try fragments(ofFrame: index)
        var total: UInt64 = 0
        for run in runs {
            total += run.byteCount
            guard run.end <= source.byteCount else { throw .unrenderable("the pixel data ends too early") }
            guard total <= limits.frameByteCount else {
                throw .unrenderable("the compressed frame is larger than the limit")
            }
        }
        if runs.count == 1 { return try source.bytes(at: runs[0].offset, count: Int(total)) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(total))
        for run in runs { bytes += try source.bytes(at: run.offset, count: Int(run.byteCount)) }
        return bytes
    }
}
