// ColorModel owns what the samples of a pixel mean, by the photometric interpretation.

/// The meaning of samples.
///
/// - Source: DICOM PS3.3 section C.7.6.3.1.2.
enum ColorModel: Sendable {
    case grey, palette, rgb
    /// Luminance and two colour differences over all codes.
    case ybrFull
    /// The same within the studio range of ITU-R BT.601.
    case ybrPartial

    static let paletteName = "PALETTE COLOR"

    /// Samples of a pixel; nil for interpretations that this module does not know.
    static func sampleCount(_ photometric: String) -> Int? {
        switch photometric {
        case "MONOCHROME1", "MONOCHROME2", paletteName: 1
        case "RGB", "YBR_FULL", "YBR_FULL_422", "YBR_PARTIAL_422", "YBR_PARTIAL_420", "YBR_ICT", "YBR_RCT": 3
        default: nil
        }
    }

    /// The model of samples that no codec has changed.
    init(photometric: String) {
        self =
            switch photometric {
            case Self.paletteName: .palette
            case "RGB", "YBR_ICT", "YBR_RCT": .rgb
            case "YBR_FULL", "YBR_FULL_422": .ybrFull
            case "YBR_PARTIAL_422", "YBR_PARTIAL_420": .ybrPartial
            default: .grey
            }
    }
}
