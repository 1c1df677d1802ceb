// Fills the folder of one delivered exam: images, reports, the page and what it shows.
//
// Invariants: nothing gets in of an image that the grant does not hold; without the image-processing right no stored
// value gets in; a de-identified folder does not say whose it is. The same facts give the same bytes.

internal import Access
internal import Catalog
internal import Pages
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
    /// What pixel files call themselves first: unique where one page shows several exams.
    var pixelKey = "i"

    /// What was written of an exam, and the page that shows it, which was not.
    struct Filled {
        let page: ViewerPage
        let files: [ReleasedFile]
        let leftOut: [LeftOutImage]
    }

    /// Writes it, each file taken into `SHA256SUMS`.
    ///
    /// - Parameters:
    ///   - folder: The delivery's.
    ///   - prefix: The exam's folder in it, ending in `/`.
    ///   - progress: Called after each image, on any thread, one call at a time.
    func fill(
        _ folder: OutboundFolder, prefix: String, progress: @escaping @Sendable (DeliveryProgress) -> Void = { _ in }
    ) throws -> DeliveredContent {
        let filled = try fillWithoutPage(folder, prefix: prefix, progress: progress)
        var files = filled.files
        for file in try filled.page.files() {
            let digest = try folder.add(prefix + file.name, file.bytes)
            files.append(ReleasedFile(path: file.name, sha256: digest, byteCount: Int64(file.bytes.count)))
        }
        return DeliveredContent(files: files, leftOut: filled.leftOut)
    }

    /// The same but for the page, for whoever shows the exam in one of their own.
    func fillWithoutPage(
        _ folder: OutboundFolder, prefix: String, progress: @escaping @Sendable (DeliveryProgress) -> Void = { _ in }
    ) throws -> Filled {
        let form = DeliveryForm(grant, request)
        let images = ImageDelivery(site: site, folder: folder, prefix: prefix, form: form, pixelKey: pixelKey)
        let made = try DeliveredImages(site: site, delivery: images, images: try granted(), progress: progress).make()
        let reports = DeliveredReports(reports: grant.range.reports ? reports : [])
        let files = made.flatMap(\.files) + (try reports.write(to: folder, prefix: prefix))
        let page = DeliveredPage(
            exam: exam, request: request, grant: grant, images: made, reports: reports.shown,
            isCertifiedDisplay: site.configuration.site.certifiedDisplay)
        return Filled(page: try page.page(), files: files, leftOut: leftOut(made))
    }

    /// What the grant holds of the exam's images.
    private func granted() throws -> [GrantedImage] {
        let images = try site.catalog.images(study: exam.study, limit: instanceLimit)
        let facts = try HeldImages(site: site).facts(of: images)
        // How recent the exam is was decided with the grant.
        return try GrantedImage.ordered(zip(images, facts).filter { grant.range.covers($1, recency: 1) })
    }

    private func leftOut(_ made: [MadeImage]) -> [LeftOutImage] {
        made.compactMap { image in
            image.leftOut.map {
                LeftOutImage(
                    sopInstanceUID: grant.range.deidentified ? nil : image.source.stored.sopInstanceUID, reason: $0)
            }
        }
    }
}
