// VOIWindow owns a window of grey values: which values of interest spread over the greys, and along which curve.

import Glibc

/// A window, in values after the modality transformation.
///
/// - Source: DICOM PS3.3 section C.11.2.
package struct VOIWindow: Codable, Hashable, Sendable {
    /// The curve between the window's ends.
    package enum Function: String, Codable, CaseIterable, Sendable {
        case linear = "LINEAR"
        case linearExact = "LINEAR_EXACT"
        case sigmoid = "SIGMOID"
    }

    package let center: Double
    package let width: Double
    package let function: Function
    /// The file's own name for it.
    package let explanation: String?

    package init(center: Double, width: Double, function: Function = .linear, explanation: String? = nil) {
        self.center = center
        self.width = width
        self.function = function
        self.explanation = explanation
    }

    /// True when the width is one that the function has: at least 1 for LINEAR, more than 0 for the others.
    package var isValid: Bool {
        center.isFinite && width.isFinite && (function == .linear ? width >= 1 : width > 0)
    }

    /// Where a value lies among the greys, from 0 for the lowest to 1 for the highest.
    ///
    /// - Source: DICOM PS3.3 sections C.11.2.1.2.1, C.11.2.1.3.1 and C.11.2.1.3.2.
    package func fraction(_ value: Double) -> Double {
        switch function {
        case .linear: Self.ramp(value, center: center - 0.5, width: width - 1)
        case .linearExact: Self.ramp(value, center: center, width: width)
        case .sigmoid: 1 / (1 + exp(-4 * (value - center) / width))
        }
    }

    private static func ramp(_ value: Double, center: Double, width: Double) -> Double {
        if value <= center - width / 2 { return 0 }
        if value > center + width / 2 { return 1 }
        return (value - center) / width + 0.5
    }
}
