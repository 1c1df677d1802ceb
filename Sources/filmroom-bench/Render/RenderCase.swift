// The kinds of image that rendering is measured with.

/// A kind of image to render.
enum RenderCase: String, CaseIterable {
    /// Slices of 512 × 512 pixels, not compressed.
    case ct
    /// Mammograms of 3328 × 2560 pixels, not compressed.
    case mammography
    /// The slices again, as lossless JPEG 2000.
    case jpeg2000

    var size: (rows: Int, columns: Int) { self == .mammography ? (3328, 2560) : (512, 512) }

    /// Frames rendered in one run.
    var frameCount: Int {
        switch self {
        case .ct: 400
        case .mammography: 20
        case .jpeg2000: 40
        }
    }

    /// Different images among them.
    var imageCount: Int { self == .mammography ? 2 : 8 }
}
