// DICOMReport owns the reading of a report that is a DICOM file: a structured report, or a document in a DICOM envelope.
//
// Source: DICOM PS3.3 sections A.35 (structured reports), A.45.1 and C.24.2 (encapsulated PDF). A file of another kind is
// refused by its kind's name.

internal import DICOM
package import Radiology

/// A report read from a DICOM file.
package struct DICOMReport: Sendable {
    package let report: Report
    /// `sr` or `pdf`.
    package let form: String
    /// The document in the envelope; nil for a structured report.
    package let document: [UInt8]?
    package let sopInstanceUID: String
    /// SOP Instance UIDs of the documents that it says it takes the place of.
    package let predecessors: [String]

    /// Bytes of the largest file that is read.
    package static let maximumByteCount = 256 << 20

    private static let encapsulatedPDF = "1.2.840.10008.5.1.4.1.1.104.1"
    /// Besides those that diagnoses may come in: Mammography, Chest and Colon CAD, Radiation Dose and Key Objects are none.
    private static let structuredReports = SRItems.sopClassUIDs

    /// - Throws: When it is no report, or names no exam.
    package init(_ bytes: [UInt8]) throws(ItemError) {
        guard bytes.count <= Self.maximumByteCount else {
            throw ItemError(text: "the file is longer than \(Self.maximumByteCount) bytes")
        }
        let dataSet = try Self.dataSet(bytes)
        let sopClass = dataSet.text(.sopClassUID) ?? ""
        sopInstanceUID = dataSet.text(.sopInstanceUID) ?? ""
        if sopClass == Self.encapsulatedPDF {
            form = "pdf"
            predecessors = []
            document = try Self.document(of: dataSet)
            report = Report(
                exam: try SRExam.exam(dataSet), author: Self.author(dataSet), status: .final,
                text: Self.filled(dataSet, .documentTitle))
            return
        }
        guard Self.structuredReports.contains(sopClass) else {
            let name = UIDNames.name(of: sopClass).map { "\($0), " } ?? ""
            throw ItemPlace(field: "SOPClassUID").fault(
                "the file is \(name)\(Quoted.text(sopClass)), and no structured report and no encapsulated PDF")
        }
        form = "sr"
        predecessors = SRPredecessors.uids(dataSet)
        document = nil
        let root = SRContentItem(dataSet: dataSet, path: "1")
        let observer = try SRObserver(dataSet, root: root)
        report = Report(
            exam: try SRExam.exam(dataSet), author: observer.id ?? observer.name, status: Self.status(dataSet),
            text: SRText.text(of: root))
    }

    private static func dataSet(_ bytes: [UInt8]) throws(ItemError) -> DataSet {
        var limits = ScanLimits.standard
        limits.maximumTreeByteCount = UInt64(maximumByteCount)
        limits.maximumTreeElementCount = 1_000_000
        limits.inflatedByteCountAtAnyRatio = UInt64(maximumByteCount)
        do throws(DICOMError) { return try DataSetReader.read(bytes, limits: limits).dataSet } catch {
            throw ItemError(text: error.description)
        }
    }

    /// Preliminary Flag where it is there; else a report that is not complete, or that nobody has verified, is preliminary.
    private static func status(_ dataSet: DataSet) -> Report.Status {
        switch dataSet.text(.preliminaryFlag) {
        case "PRELIMINARY": return .preliminary
        case "FINAL": return .final
        default:
            let isOpen =
                dataSet.text(.completionFlag) == "PARTIAL" || dataSet.text(.verificationFlag) == "UNVERIFIED"
            return isOpen ? .preliminary : .final
        }
    }

    /// The PDF, without the byte that makes its length even.
    private static func document(of dataSet: DataSet) throws(ItemError) -> [UInt8] {
        let place = ItemPlace(field: "EncapsulatedDocument")
        guard let type = filled(dataSet, .mimeTypeOfEncapsulatedDocument), type.lowercased() == "application/pdf" else {
            throw ItemPlace(field: "MIMETypeOfEncapsulatedDocument").fault("the document is said to be no PDF")
        }
        let element = dataSet.elements.first { $0.tag == .encapsulatedDocument }
        guard var bytes = element?.bytes, bytes.starts(with: Array("%PDF-".utf8)) else {
            throw place.fault("the document is no PDF: it does not begin with %PDF-")
        }
        if let length = dataSet.integer(.encapsulatedDocumentLength), length > 0, length <= bytes.count {
            bytes = Array(bytes[..<length])
        } else if bytes.last == 0 {
            bytes.removeLast()
        }
        return bytes
    }

    private static func author(_ dataSet: DataSet) -> String? {
        let content = dataSet.items(.verifyingObserverSequence).first.flatMap { filled($0, .verifyingObserverName) }
        return content ?? filled(dataSet, .contentCreatorName)
    }

    private static func filled(_ dataSet: DataSet, _ tag: Tag) -> String? {
        let text = FieldSyntax.trimmed(dataSet.text(tag) ?? "")
        return text.isEmpty ? nil : text
    }
}

extension Tag {
    fileprivate static let contentCreatorName = Tag(0x0070_0084)
}
