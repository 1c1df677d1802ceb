// GreyRendering owns the way from stored values to 8-bit greys: modality transformation, VOI, inversion, presentation.
// Narrow frames go through one table of the values that occur, so that a pixel costs one look-up.

internal import Pixels

/// The rendering of one grey frame.
///
/// - Source: DICOM PS3.4 annex N.2.
struct GreyRendering: Sendable {
    /// Which modality values spread over the greys.
    enum VOI: Sendable {
        case window(VOIWindow)
        case table(LookupTable)
        /// The file offers nothing: from the lower to the upper, linearly.
        case range(lower: Double, upper: Double)
    }

    let scale: GreyScale
    let voi: VOI
    let presentation: Presentation

    /// - Parameters:
    ///   - window: Nil for the file's own choice.
    ///   - range: The stored values that occur.
    init(
        scale: GreyScale, image: ImageDescription, window: VOIWindow?, range: ClosedRange<Double>,
        presentation: Presentation
    ) {
        self.scale = scale
        self.presentation = presentation
        voi =
            if let window {
                .window(window)
            } else if let table = scale.voiLUT {
                .table(table)
            } else if let first = scale.windows.first {
                .window(first)
            } else {
                Self.whole(scale, image, range)
            }
    }

    /// Without any VOI, up to 8 unsigned bits are shown as they are; of more bits most images use few, so that what
    /// occurs is spread.
    private static func whole(_ scale: GreyScale, _ image: ImageDescription, _ range: ClosedRange<Double>) -> VOI {
        if image.bitsStored <= 8, !image.isSigned, scale.modalityLUT == nil {
            return .range(lower: scale.modality(0), upper: scale.modality(Double(1 << image.bitsStored - 1)))
        }
        if let table = scale.modalityLUT { return .range(lower: 0, upper: table.maximum) }
        let ends = (scale.modality(range.lowerBound), scale.modality(range.upperBound))
        return .range(lower: min(ends.0, ends.1), upper: max(ends.0, ends.1))
    }

    /// Where a stored value lies among the greys, 0 for black.
    func fraction(_ stored: Double) -> Double {
        let value = scale.modality(stored)
        let fraction =
            switch voi {
            case .window(let window): window.fraction(value)
            case .table(let table): table.entry(value) / table.maximum
            case .range(let lower, let upper): upper == lower ? 0 : (value - lower) / (upper - lower)
            }
        let bounded = fraction.isFinite ? min(max(fraction, 0), 1) : (fraction > 0 ? 1 : 0)
        return scale.isInverted ? 1 - bounded : bounded
    }

    private func grey(_ stored: Double) -> UInt8 {
        let fraction = fraction(stored)
        return UInt8(((presentation == .srgb ? GreyscaleStandardDisplay.code(of: fraction) : fraction) * 255).rounded())
    }

    /// The frame's greys.
    func greys(_ frame: GreyFrame, range: ClosedRange<Double>) -> [UInt8] {
        switch frame.values {
        case .narrow(let words, let isSigned):
            Self.looked(words, up: table(isSigned: isSigned, range: range))
        case .wide(let numbers, _): numbers.map(grey)
        }
    }

    /// Greys by pattern, filled for the values in `range`, which is the whole of what occurs.
    private func table(isSigned: Bool, range: ClosedRange<Double>) -> [UInt8] {
        let low = Int(range.lowerBound)
        let high = Int(range.upperBound)
        return [UInt8](unsafeUninitializedCapacity: 0x10000) { table, filled in
            for value in (isSigned ? -0x8000...0x7FFF : 0...0xFFFF) where value < low || value > high {
                table[value & 0xFFFF] = 0
            }
            for value in low...high { table[value & 0xFFFF] = grey(Double(value)) }
            filled = 0x10000
        }
    }

    private static func looked(_ words: Words, up table: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: words.count) { greys, filled in
            words.withWords { words in
                table.withUnsafeBufferPointer { table in
                    for index in words.indices { greys[index] = table[Int(words[index])] }
                }
            }
            filled = words.count
        }
    }
}
