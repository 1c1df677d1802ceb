// An image as the page shows it: from its stored pixels, or from rendered pictures, or only by the reason why not.
//
// Pure. Paths are relative to the page. Holds no pixels.

/// One SOP instance.
package struct ViewedInstance: Codable, Sendable, Equatable {
    package var sopInstanceUID: String
    /// Instance Number.
    package var number: Int?
    package var rows: Int
    package var columns: Int
    /// Number of frames, at least 1.
    package var frames: Int
    /// As stored, `MONOCHROME1` for instance; the pixel files of colour images hold RGB whatever this says.
    package var photometricInterpretation: String
    /// `L`, `R` or `B`.
    package var laterality: String?
    /// `CC`, `MLO`, `AP` …
    package var viewPosition: String?
    /// The DICOM file.
    package var image: String?
    /// Rendered 8-bit pictures: one for each frame, or one for the whole image. They are the thumbnails, and what is
    /// shown where `pixels` is empty or cannot be loaded.
    package var rendered: [String]
    /// Stored pixels, in files of one or more frames each, in order; empty where there is no right to them.
    package var pixels: [PixelsFile]
    /// Why there is no picture, for a person to read; nil when there is one.
    package var unrenderable: String?
    /// From stored values to grey: one for each frame, or one for all; empty for colour.
    package var grey: [GreyScale]
    /// What a pixel measures; nil when the file does not say.
    package var spacing: PixelDistance?
    /// Patient Orientation (0020,0020): where rows and columns lead, such as `["P", "F"]`.
    package var patientOrientation: [String]?
    /// Image Orientation (Patient), six numbers.
    package var orientation: [Double]?
    /// Image Position (Patient), three numbers in mm.
    package var position: [Double]?

    package init(
        sopInstanceUID: String, number: Int? = nil, rows: Int, columns: Int, frames: Int = 1,
        photometricInterpretation: String, laterality: String? = nil, viewPosition: String? = nil,
        image: String? = nil, rendered: [String] = [], pixels: [PixelsFile] = [], unrenderable: String? = nil,
        grey: [GreyScale] = [], spacing: PixelDistance? = nil, patientOrientation: [String]? = nil,
        orientation: [Double]? = nil, position: [Double]? = nil
    ) {
        self.sopInstanceUID = sopInstanceUID
        self.number = number
        self.rows = rows
        self.columns = columns
        self.frames = frames
        self.photometricInterpretation = photometricInterpretation
        self.laterality = laterality
        self.viewPosition = viewPosition
        self.image = image
        self.rendered = rendered
        self.pixels = pixels
        self.unrenderable = unrenderable
        self.grey = grey
        self.spacing = spacing
        self.patientOrientation = patientOrientation
        self.orientation = orientation
        self.position = position
    }
}
