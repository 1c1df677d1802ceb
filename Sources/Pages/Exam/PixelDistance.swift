// What a pixel measures, and what that measure means. Pure.

/// The distance between pixel centres.
package struct PixelDistance: Codable, Sendable, Equatable {
    /// The attribute that says so. Only `PixelSpacing` is in the patient; the page names the others beside each length.
    package enum Kind: String, Codable, Sendable {
        case pixelSpacing = "PixelSpacing"
        /// At the detector: larger than in the patient by the magnification.
        case imagerPixelSpacing = "ImagerPixelSpacing"
        /// On scanned film.
        case nominalScannedPixelSpacing = "NominalScannedPixelSpacing"
    }

    /// Between rows, in mm.
    package var row: Double
    /// Between columns, in mm.
    package var column: Double
    package var kind: Kind

    package init(row: Double, column: Double, kind: Kind) {
        self.row = row
        self.column = column
        self.kind = kind
    }
}
