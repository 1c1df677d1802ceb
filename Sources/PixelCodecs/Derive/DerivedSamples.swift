// The samples of a derived frame: decoded ones, reduced or rendered, in the layout of the derived image.

internal import DICOM
internal import Pixels

/// A frame's samples, ready to be written.
struct DerivedSamples {
    let bytes: [UInt8]
    /// The stored values that occur, padding left out; nil for colours, greys of a display and padding alone.
    let range: ClosedRange<Double>?
}

extension DerivedImage {
    /// - Parameter number: From 1; a frame may have a grey scale of its own.
    func samples(of frame: DecodedFrame, frame number: Int) throws(PixelsError) -> DerivedSamples {
        if layout.samplesPerPixel == 3 {
            let color = try ColorFrame(frame, header: header)
            return DerivedSamples(bytes: reduced(color.pixels, channels: 3), range: nil)
        }
        let grey = GreyFrame(frame, image: header.image)
        let scale = GreyScale(header, frame: number)
        if options.form == .rendered { return DerivedSamples(bytes: rendered(grey, scale), range: nil) }
        let small = grid.isWhole ? grey : average.grey(grey, padding: scale.padding)
        return DerivedSamples(bytes: bytes(small), range: small.countedRange(without: scale.padding))
    }

    /// Runs of rows that can be reduced each by itself; nil when the frame must be seen as a whole.
    var rowRuns: [Range<Int>]? {
        guard options.form == .stored, !grid.isWhole, grid.rows % grid.newRows == 0, !isPalette else { return nil }
        let down = grid.rows / grid.newRows
        let rowByteCount = grid.columns * header.image.samplesPerPixel * max(header.image.bitsAllocated / 8, 1)
        let step = max(Self.runByteCount / max(rowByteCount * down, 1), 1) * down
        return stride(from: 0, to: grid.rows, by: step).map { $0..<min($0 + step, grid.rows) }
    }

    /// Small enough for a cache, large enough for few calls.
    private static let runByteCount = 64 << 10

    private var isPalette: Bool { header.image.photometricInterpretation == ColorModel.paletteName }

    /// The samples of some rows, which are whole blocks.
    func samples(of part: DecodedFrame, rows: Range<Int>, _ scale: GreyScale) throws(PixelsError) -> DerivedSamples {
        let average = AreaAverage(
            rows: rows.count, columns: grid.columns, newRows: rows.count * grid.newRows / grid.rows,
            newColumns: grid.newColumns)
        if layout.samplesPerPixel == 3 {
            let color = try ColorFrame(part, header: header)
            return DerivedSamples(bytes: average.bytes(color.pixels, channels: 3), range: nil)
        }
        let small = average.grey(GreyFrame(part, image: header.image), padding: scale.padding)
        return DerivedSamples(bytes: bytes(small), range: small.countedRange(without: scale.padding))
    }

    private var average: AreaAverage {
        AreaAverage(
            rows: grid.rows, columns: grid.columns, newRows: grid.newRows, newColumns: grid.newColumns)
    }

    private func reduced(_ samples: [UInt8], channels: Int) -> [UInt8] {
        grid.isWhole ? samples : average.bytes(samples, channels: channels)
    }

    /// As a PNG of the same frame has it.
    private func rendered(_ grey: GreyFrame, _ scale: GreyScale) -> [UInt8] {
        let rendering = GreyRendering(
            scale: scale, image: header.image, window: nil, range: grey.storedRange(without: scale.padding),
            presentation: .gsdf)
        return reduced(rendering.greys(grey, range: grey.storedRange(without: nil)), channels: 1)
    }

    private func bytes(_ grey: GreyFrame) -> [UInt8] {
        guard case .narrow(let words, _) = grey.values, layout.bitsAllocated <= 8 else { return grey.bytes }
        return [UInt8](unsafeUninitializedCapacity: words.count) { buffer, filled in
            words.withWords { words in
                for index in words.indices { buffer[index] = UInt8(truncatingIfNeeded: words[index]) }
            }
            filled = words.count
        }
    }
}
