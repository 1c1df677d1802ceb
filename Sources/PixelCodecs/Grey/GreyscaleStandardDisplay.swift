// GreyscaleStandardDisplay owns the standard display function: luminance by just noticeable difference, and what an
// uncalibrated sRGB display must be told to show it. Pure.

import Glibc

/// The Grayscale Standard Display Function on an sRGB display.
///
/// - Source: DICOM PS3.14 sections 7.1 and 7.2; IEC 61966-2-1 for sRGB.
enum GreyscaleStandardDisplay {
    /// Luminances of black and white of an office display with its ambient light, in cd/m².
    static let minimumLuminance = 0.5
    static let maximumLuminance = 250.0

    private static let darkest = index(of: minimumLuminance)
    private static let brightest = index(of: maximumLuminance)

    /// The luminance of a JND index, 1 to 1023, in cd/m².
    static func luminance(_ index: Double) -> Double {
        let x = log(index)
        let above = -1.3011877 + x * (8.0242636e-2 + x * (1.3646699e-1 + x * (-2.5468404e-2 + x * 1.3635334e-3)))
        let below =
            1 + x * (-2.5840191e-2 + x * (-1.0320229e-1 + x * (2.8745620e-2 + x * (-3.1978977e-3 + x * 1.2992634e-4))))
        return pow(10, above / below)
    }

    /// The JND index of a luminance, by bisection: the function only rises.
    static func index(of wanted: Double) -> Double {
        var low = 1.0
        var high = 1023.0
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if luminance(middle) < wanted { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// The sRGB code, 0 to 1, that shows a P-value.
    ///
    /// - Parameter fraction: The P-value, 0 to 1.
    static func code(of fraction: Double) -> Double {
        let shown = luminance(darkest + fraction * (brightest - darkest))
        let linear = min(max((shown - minimumLuminance) / (maximumLuminance - minimumLuminance), 0), 1)
        return linear <= 0.0031308 ? linear * 12.92 : 1.055 * pow(linear, 1 / 2.4) - 0.055
    }
}
