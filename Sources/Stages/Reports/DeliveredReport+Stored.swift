// The stored reports of an exam as they go along with a delivery: each as JSON, with the files that came with it.

internal import Catalog

extension DeliveredReport {
    /// The reports of an exam, the newest first.
    static func all(ofStudy study: Int64, site: SiteContext) throws -> [DeliveredReport] {
        let stored = try site.catalog.reports(ofStudy: study)
        return stored.enumerated().map { DeliveredReport($1, number: $0 + 1, site: site) }.reversed()
    }

    /// One report of an exam as it was when it came, numbered as among all; nothing when it is not there.
    static func only(_ id: Int64, ofStudy study: Int64, site: SiteContext) throws -> [DeliveredReport] {
        let stored = try site.catalog.reports(ofStudy: study)
        guard let index = stored.firstIndex(where: { $0.id == id }) else { return [] }
        return [DeliveredReport(stored[index].whenItCame, number: index + 1, site: site)]
    }

    /// - Parameter number: Its place among the reports of its exam, from 1.
    private init(_ report: StoredReport, number: Int, site: SiteContext) {
        let stem = "report-\(number)"
        let document = File(name: "\(stem).json") { ReportStore.json(report) }
        let others = report.facts.files.map { attachment in
            File(name: "\(stem).\(Self.ending(attachment))") {
                try ReportStore(site: site).bytes(of: attachment, in: report)
            }
        }
        self.init(
            id: report.id, author: report.facts.author, status: report.facts.status.rawValue,
            version: report.facts.version,
            receivedAt: report.receivedAt, isSuperseded: !report.isNewest, text: report.facts.text,
            files: [document] + others)
    }

    private static func ending(_ attachment: ReportAttachment) -> String {
        switch attachment.mediaType {
        case "application/pdf": "pdf"
        case "application/dicom": "dcm"
        default: "txt"
        }
    }
}
