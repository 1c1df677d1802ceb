// What the page of a delivery says beside the images: under which right they were given, and what the reports say.
//
// Pure. Of a de-identified delivery it holds nothing that says whose it is.

/// The note of a delivery.
package struct DeliveryNote: Codable, Sendable, Equatable {
    /// The request's id.
    package var request: String
    /// The purpose's id.
    package var purpose: String
    /// Codes of modalities.
    package var kinds: [String]
    /// The scale of rows and columns, `0.25`.
    package var pixelDensity: String
    /// Whether stored values were given.
    package var imageProcessing: Bool
    package var deidentified: Bool
    /// ISO 8601.
    package var releasedAt: String
    /// When the right ends, ISO 8601; nil for never.
    package var until: String?
    /// What of the exam the range holds and could not be given: sentences.
    package var leftOut: [String]
    /// The newest first.
    package var reports: [ShownReport]

    package init(
        request: String, purpose: String, kinds: [String], pixelDensity: String, imageProcessing: Bool,
        deidentified: Bool, releasedAt: String, until: String? = nil, leftOut: [String] = [],
        reports: [ShownReport] = []
    ) {
        self.request = request
        self.purpose = purpose
        self.kinds = kinds
        self.pixelDensity = pixelDensity
        self.imageProcessing = imageProcessing
        self.deidentified = deidentified
        self.releasedAt = releasedAt
        self.until = until
        self.leftOut = leftOut
        self.reports = reports
    }
}

/// A report that came along with images.
package struct ShownReport: Codable, Sendable, Equatable {
    package var author: String
    /// `preliminary`, `final`, `amended`, `cancelled`.
    package var status: String
    /// From 1.
    package var version: Int
    /// ISO 8601.
    package var receivedAt: String
    /// Whether a newer one takes its place.
    package var isSuperseded: Bool
    package var text: String?
    /// Paths relative to the page.
    package var files: [String]

    package init(
        author: String, status: String, version: Int, receivedAt: String, isSuperseded: Bool = false,
        text: String? = nil, files: [String] = []
    ) {
        self.author = author
        self.status = status
        self.version = version
        self.receivedAt = receivedAt
        self.isSuperseded = isSuperseded
        self.text = text
        self.files = files
    }
}
