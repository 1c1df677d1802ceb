// SampleFormat owns how the samples of an output lie in bytes: always little endian, row by row from the top left,
// without padding.

/// The form of an output's samples.
package enum SampleFormat: String, Codable, Sendable {
    case uint16, int16, uint32, int32, float32, float64
    /// Three bytes a pixel: red, green, blue.
    case rgb8
    /// A whole PNG file.
    case png
    /// A whole DICOM file.
    case dicom

    /// Bytes of a pixel; nil for whole files.
    package var pixelByteCount: Int? {
        switch self {
        case .uint16, .int16: 2
        case .uint32, .int32, .float32: 4
        case .float64: 8
        case .rgb8: 3
        case .png, .dicom: nil
        }
    }
}
