// Fills the folder of one delivered exam: images, reports, the page and what it shows.
//
// Invariants: nothing is read of an image that the grant does not hold; without the image-processing right no stored
// value gets in; a de-identified folder does not say whose it is. The same facts give the same bytes.

internal import Access
internal import Catalog
internal import Spool

/// The content of `deliveries/<request id>/<exam key>/`, but for `release.json`.
struct DeliveredExamFolder {
    let site: SiteContext
    let request: DeliveryRequest
    let exam: ExamRecord
    /// The last row of images that is meant: what comes later is no part of the release.
    let instanceLimit: Int64
    let grant: Grant
    /// None where the grant holds none.
    let reports: [DeliveredReport]

    /// Writes it, each file taken into `SHA256SUMS`.
    ///
    /// - Parameters:
    ///   - folder: The delivery's.
    ///   - prefix: The exam's folder in it, ending in `/`.
    ///   - progress: Called after each image, on any thread, one call at a time.
    func fill(
        _ folder: OutboundFolder, prefix: String, progress: @Sendable (DeliveryProgress) -> Void = { _ in }
    ) throws -> DeliveredContent {
        throw StageError.unexpected("\(exam.key): deliveries are not filled yet")
    }
}
