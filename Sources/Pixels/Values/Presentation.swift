// Presentation owns which display an 8-bit picture is made for.

/// What an 8-bit grey of a rendered picture means.
package enum Presentation: String, Codable, CaseIterable, Sendable {
    /// The P-value itself, 0 to 255: right on a display calibrated to the Grayscale Standard Display Function, and the
    /// values that DICOM's pipeline ends with (PS3.4 annex N.2). The default.
    case gsdf
    /// The sRGB code that shows the P-value's luminance on an uncalibrated display of 0.5 to 250 cd/m², so that equal
    /// steps of P-values look equal there too (PS3.14 section 7). Colours stay as they are.
    case srgb
}
