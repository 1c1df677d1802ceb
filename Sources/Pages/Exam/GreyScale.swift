// How stored values become grey: modality, then value of interest, then display. Pure.
//
// The page computes what this says from the stored values, at every change of the window; nothing is computed here.

/// The grey transformation of an image or a frame.
///
/// - Source: DICOM PS3.3 sections C.11.1 and C.11.2.
package struct GreyScale: Codable, Sendable, Equatable {
    package enum Function: String, Codable, Sendable {
        case linear = "LINEAR"
        case linearExact = "LINEAR_EXACT"
        case sigmoid = "SIGMOID"
    }

    package struct Window: Codable, Sendable, Equatable {
        /// In values after the modality transformation.
        package var center: Double
        package var width: Double
        package var explanation: String?

        package init(center: Double, width: Double, explanation: String? = nil) {
            self.center = center
            self.width = width
            self.explanation = explanation
        }
    }

    /// A look-up table, of the modality or of the values of interest.
    package struct Table: Codable, Sendable, Equatable {
        /// The first value that is mapped; those below have the first entry, those above the last.
        package var firstMapped: Int
        /// Of an entry; the largest one is 2^bits − 1.
        package var bits: Int
        package var entries: [UInt16]
        package var explanation: String?

        package init(firstMapped: Int, bits: Int, entries: [UInt16], explanation: String? = nil) {
            self.firstMapped = firstMapped
            self.bits = bits
            self.entries = entries
            self.explanation = explanation
        }
    }

    package var slope: Double
    package var intercept: Double
    /// What the values then are: `HU`, `US`, `OD` …; nil when the file does not say.
    package var rescaleType: String?
    /// Instead of slope and intercept.
    package var modalityTable: Table?
    /// The first one is shown at first, unless there is a table. Without either: from the least to the greatest value.
    package var windows: [Window]
    package var function: Function
    package var tables: [Table]
    /// Stored value of pixels that are no part of the image; left out where the range of values is looked for.
    package var paddingValue: Int?

    package init(
        slope: Double = 1, intercept: Double = 0, rescaleType: String? = nil, modalityTable: Table? = nil,
        windows: [Window] = [], function: Function = .linear, tables: [Table] = [], paddingValue: Int? = nil
    ) {
        self.slope = slope
        self.intercept = intercept
        self.rescaleType = rescaleType
        self.modalityTable = modalityTable
        self.windows = windows
        self.function = function
        self.tables = tables
        self.paddingValue = paddingValue
    }
}
