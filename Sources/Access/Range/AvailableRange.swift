// AvailableRange owns what may be had of an exam: which images, how fine, and with which rights.
//
// Pure. The same value says what a purpose opens and what of it was granted; a granted one is never wider.

/// What may be had.
///
/// - Source: Contract, sections 5 (`release.range`) and 6 (`purposes.yaml`).
package struct AvailableRange: Hashable, Sendable {
    package let kinds: ImageKinds
    package let pixelDensity: PixelDensity
    /// Whether stored pixel values are given; without, only rendered 8-bit pictures.
    package let imageProcessing: Bool
    /// Whether reports come along.
    package let reports: Bool
    /// Whether a report may be sent in for what was given.
    package let reportInput: Bool
    /// How many of a patient's exams, newest first; nil for all.
    package let mostRecent: Int?
    /// How long the right lasts after delivery; nil for without end.
    package let forMilliseconds: Int64?
    /// Whether what is given says no longer whose it is.
    package let deidentified: Bool

    package init(
        kinds: ImageKinds = .all, pixelDensity: PixelDensity = .full, imageProcessing: Bool = false,
        reports: Bool = false, reportInput: Bool = false, mostRecent: Int? = nil, forMilliseconds: Int64? = nil,
        deidentified: Bool = false
    ) {
        self.kinds = kinds
        self.pixelDensity = pixelDensity
        self.imageProcessing = imageProcessing
        self.reports = reports
        self.reportInput = reportInput
        self.mostRecent = mostRecent
        self.forMilliseconds = forMilliseconds
        self.deidentified = deidentified
    }

    /// Whether an instance of an exam is in it. What is a document rather than an image comes with the right to reports.
    ///
    /// - Parameter recency: The exam's rank among its patient's, 1 for the newest.
    package func covers(_ instance: HeldImage, recency: Int) -> Bool {
        covers(recency: recency) && (instance.isDocument ? reports : kinds.hold(instance))
    }

    /// Whether an exam of that rank is recent enough.
    package func covers(recency: Int) -> Bool { mostRecent.map { recency <= $0 } ?? true }

    /// Whether the right still lasts.
    ///
    /// - Parameters:
    ///   - releasedAt: Milliseconds since 1970; nil when nothing was delivered yet, from when on a right runs.
    ///   - now: Milliseconds since 1970.
    package func lasts(releasedAt: Int64?, now: Int64) -> Bool {
        guard let forMilliseconds else { return true }
        return releasedAt.map { now - $0 < forMilliseconds } ?? false
    }

    /// The same with other kinds and rights.
    func with(
        kinds: ImageKinds? = nil, pixelDensity: PixelDensity? = nil, imageProcessing: Bool? = nil, reports: Bool? = nil
    ) -> AvailableRange {
        AvailableRange(
            kinds: kinds ?? self.kinds, pixelDensity: pixelDensity ?? self.pixelDensity,
            imageProcessing: imageProcessing ?? self.imageProcessing, reports: reports ?? self.reports,
            reportInput: reportInput, mostRecent: mostRecent, forMilliseconds: forMilliseconds,
            deidentified: deidentified)
    }
}
