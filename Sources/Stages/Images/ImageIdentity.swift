// What names an image: its UIDs, its patient, its exam, taken from a scanned file.
//
// Invariant: the UIDs are safe as names of folders. A file without what it needs, or with something else in its
// place, has no identity; the reason says which attribute, what it holds and what would be right.

internal import Archive
internal import DICOM

/// An image file that can be catalogued.
struct ImageIdentity: Sendable {
    let sopInstanceUID: String
    let seriesInstanceUID: String
    let studyInstanceUID: String
    let patientID: String
    /// IssuerOfPatientID of the file; empty when it names none.
    let issuer: String
    let accessionNumber: String
    let studyDate: String
    let modality: String
    let bodyPart: String
    let patientAttributes: String
    let studyAttributes: String
    let seriesAttributes: String
    let instanceAttributes: String
    /// What is odd about the file without being a reason to keep it out; nil when nothing is.
    let remark: String?

    /// - Throws: `Lack` when the file cannot be catalogued.
    init(_ file: ScannedFile) throws(Lack) {
        sopInstanceUID = try Self.uid(file, 0x0008, 0x0018, "SOPInstanceUID")
        studyInstanceUID = try Self.uid(file, 0x0020, 0x000D, "StudyInstanceUID")
        seriesInstanceUID = try Self.uid(file, 0x0020, 0x000E, "SeriesInstanceUID")
        patientID = Self.text(file, 0x0010, 0x0020)
        issuer = Self.text(file, 0x0010, 0x0021)
        accessionNumber = Self.text(file, 0x0008, 0x0050)
        studyDate = Self.text(file, 0x0008, 0x0020)
        modality = Self.text(file, 0x0008, 0x0060)
        bodyPart = Self.text(file, 0x0018, 0x0015)
        patientAttributes = CatalogAttributes.json(CatalogAttributes.patient, of: file)
        studyAttributes = CatalogAttributes.json(CatalogAttributes.study, of: file)
        seriesAttributes = CatalogAttributes.json(CatalogAttributes.series, of: file)
        instanceAttributes = CatalogAttributes.instanceJSON(of: file)
        let remarks = file.remarks.prefix(Self.remarkLimit).map { "\($0)" }
        let said = ImageFlags.all(of: file) + remarks
        remark = said.isEmpty ? nil : said.joined(separator: "; ")
    }

    /// Whether both name the same object of the same patient.
    func isSameObject(as other: ImageIdentity) -> Bool {
        sopInstanceUID == other.sopInstanceUID && seriesInstanceUID == other.seriesInstanceUID
            && studyInstanceUID == other.studyInstanceUID && patientID == other.patientID && issuer == other.issuer
    }

    /// Why a file cannot be catalogued.
    struct Lack: Error {
        let reason: String
    }

    private static let remarkLimit = 3

    /// - Source: DICOM PS3.5 section 9.1.
    private static func uid(
        _ file: ScannedFile, _ group: UInt16, _ element: UInt16, _ keyword: String
    ) throws(Lack) -> String {
        let tag = Tag(group: group, element: element)
        guard let value = file.text(tag), !value.isEmpty else {
            throw Lack(reason: "\(keyword) \(tag) is missing; without it the image cannot be told from others")
        }
        guard PackLocation.isSafe(value) else {
            throw Lack(
                reason: "\(keyword) \(tag) is '\(value.prefix(80))'; a UID has digits and dots only, at most 64 of them"
            )
        }
        return value
    }

    private static func text(_ file: ScannedFile, _ group: UInt16, _ element: UInt16) -> String {
        let value = file.text(Tag(group: group, element: element)) ?? ""
        return String(value.drop { $0 == " " }.prefix(256))
    }
}
