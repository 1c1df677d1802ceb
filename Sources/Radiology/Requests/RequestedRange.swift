// RequestedRange owns what a request wants of an exam: a subset, or more, of what its purpose allows.
//
// Pure. nil in a part asks for all of it that the purpose allows.

/// The `want` of a request.
package struct RequestedRange: Hashable, Sendable {
    /// Modalities, such as `MG`; nil for all.
    package let kinds: [String]?
    /// Linear scale of rows and columns, above 0 and up to 1.
    package let pixelDensity: Double?
    package let imageProcessing: Bool?
    package let reports: Bool?

    package init(
        kinds: [String]? = nil, pixelDensity: Double? = nil, imageProcessing: Bool? = nil, reports: Bool? = nil
    ) {
        self.kinds = kinds
        self.pixelDensity = pixelDensity
        self.imageProcessing = imageProcessing
        self.reports = reports
    }
}
