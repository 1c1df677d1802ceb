// A report as it goes along with a delivery. Holds no attachment: its files are read when they are written.

/// One report of the exam.
struct DeliveredReport: Sendable {
    /// A file of it: the report's JSON, its attachment, the DICOM file that it came in.
    struct File: Sendable {
        /// `report-1.json`, `report-1.pdf`: unique in the exam, without folders.
        let name: String
        /// Read when it is written.
        let bytes: @Sendable () throws -> [UInt8]
    }

    /// Its row in the catalogue.
    let id: Int64
    /// Who wrote it.
    let author: String
    /// `preliminary`, `final`, `amended`, `cancelled`.
    let status: String
    /// From 1, within the chain of those that supersede each other.
    let version: Int
    /// ISO 8601.
    let receivedAt: String
    /// Whether a newer one takes its place.
    let isSuperseded: Bool
    /// What it says, for the page; nil where it is only in an attachment.
    let text: String?
    /// In the order in which they are shown.
    let files: [File]
}
