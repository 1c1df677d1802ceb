// The samples of a derived frame: decoded ones, reduced or rendered, in the layout of the derived image.

internal import DICOM
internal import Pixels

/// A frame's samples, ready to be written.
struct DerivedSamples {
    let bytes: [UInt8]
    /// The stored values that occur, padding left out; nil for colours and greys of a display.
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
        return DerivedSamples(bytes: bytes(small), range: small.storedRange(without: scale.padding))
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
