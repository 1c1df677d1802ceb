// WantedRange owns what a request asks for of an exam, and what a denial says that it could have had: the same four parts.
//
// Pure. A part that is nil asks for all that the purpose allows, and in an offer means all there is.

package import Radiology

/// The `want` of a request, exactly.
///
/// - Source: Contract, sections 3 (`want`) and 5 (`wouldBeAllowed`, `reducedFrom`).
package struct WantedRange: Hashable, Sendable {
    /// Codes of DICOM's Modality in order; nil for all, and none for no image.
    package let kinds: [String]?
    package let pixelDensity: PixelDensity?
    package let imageProcessing: Bool?
    package let reports: Bool?

    /// All that the purpose allows.
    package static let everything = WantedRange()

    package init(
        kinds: [String]? = nil, pixelDensity: PixelDensity? = nil, imageProcessing: Bool? = nil, reports: Bool? = nil
    ) {
        self.kinds = kinds.map { Set($0.map(CodeString.normal)).sorted() }
        self.pixelDensity = pixelDensity
        self.imageProcessing = imageProcessing
        self.reports = reports
    }

    var choice: NameChoice { kinds.map { .only(Set($0)) } ?? .all }

    /// The `want` with which a request gets all of a range.
    init(of range: AvailableRange) {
        self.init(
            kinds: range.kinds.modalities.sortedNames, pixelDensity: range.pixelDensity,
            imageProcessing: range.imageProcessing, reports: range.reports)
    }
}

extension WantedRange {
    /// As a drop wrote it; one left out wants everything.
    package init(_ want: RequestedRange?) {
        self.init(
            kinds: want?.kinds, pixelDensity: want?.pixelDensity.flatMap { PixelDensity(nearest: $0) },
            imageProcessing: want?.imageProcessing, reports: want?.reports)
    }
}
