// PixelDataCheck owns the comparison of pixel data with what the header promises: rows, columns, samples, bits, frames
// (PS3.3 section C.7.6.3). Products that overflow are findings too, never traps. It reads no pixel.

/// The check of a scanned file's pixel data.
struct PixelDataCheck {
    let file: ScannedFile

    func remarks() -> [Remark] {
        guard let pixelData = file.pixelData else {
            guard file.integer(.rows) != nil, file.integer(.columns) != nil else { return [] }
            return [Remark(tag: .pixelData, offset: nil, text: "rows and columns are declared without pixel data")]
        }
        return texts(pixelData).map { Remark(tag: pixelData.tag, offset: pixelData.offset, text: $0) }
    }

    private func texts(_ pixelData: PixelDataSummary) -> [String] {
        var texts: [String] = []
        if let rows = file.integer(.rows), let columns = file.integer(.columns), rows == 0 || columns == 0 {
            texts.append("the image has no rows or no columns")
        }
        if let stored = file.integer(.bitsStored), let allocated = file.integer(.bitsAllocated), stored > allocated {
            texts.append("more bits are stored than allocated")
        }
        texts += pixelData.isEncapsulated ? fragmentTexts(pixelData) : lengthTexts(pixelData)
        return texts
    }

    private func fragmentTexts(_ pixelData: PixelDataSummary) -> [String] {
        guard pixelData.fragmentCount > 0 else { return ["the pixel data has no fragment"] }
        let frames = file.integer(.numberOfFrames) ?? 1
        guard frames > pixelData.fragmentCount, file.transferSyntax?.isVideo != true else { return [] }
        return ["there are fewer fragments than frames"]
    }

    private func lengthTexts(_ pixelData: PixelDataSummary) -> [String] {
        guard let expected = expectedBitCount(pixelData) else { return [] }
        guard let bits = expected else { return ["the declared dimensions are too large to be counted"] }
        let bytes = (bits + 7) / 8
        if pixelData.byteCount < bytes {
            return ["the pixel data has \(pixelData.byteCount) bytes, and its dimensions ask for \(bytes)"]
        }
        if pixelData.byteCount > bytes + bytes % 2 {
            return ["the pixel data has \(pixelData.byteCount - bytes) bytes more than its dimensions ask for"]
        }
        return []
    }

    /// Bits of all frames: nil when the header does not say enough, .some(nil) when the product overflows.
    private func expectedBitCount(_ pixelData: PixelDataSummary) -> UInt64?? {
        guard
            let rows = file.integer(.rows), let columns = file.integer(.columns),
            let bits = bitsPerSample(pixelData)
        else { return .none }
        let samples = file.integer(.samplesPerPixel) ?? 1
        let frames = file.integer(.numberOfFrames) ?? 1
        guard rows >= 0, columns >= 0, samples >= 0, frames >= 0, bits >= 0 else { return .none }
        var product: UInt64 = 1
        for factor in [rows, columns, bits, samples, max(frames, 1)] {
            let next = product.multipliedReportingOverflow(by: UInt64(factor))
            if next.overflow { return .some(nil) }
            product = next.partialValue
        }
        return .some(isHalfSampled ? product / 3 * 2 : product)
    }

    private func bitsPerSample(_ pixelData: PixelDataSummary) -> Int? {
        switch pixelData.tag {
        case .floatPixelData: 32
        case .doubleFloatPixelData: 64
        default: file.integer(.bitsAllocated)
        }
    }

    /// YBR_FULL_422 and YBR_PARTIAL_422 have two samples a pixel for three declared (PS3.3 section C.7.6.3.1.2).
    private var isHalfSampled: Bool {
        let interpretation = file.text(.photometricInterpretation) ?? ""
        return interpretation.hasSuffix("_422") && file.integer(.samplesPerPixel) == 3
    }
}
