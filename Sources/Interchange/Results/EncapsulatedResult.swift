// EncapsulatedResult owns a result's PDF in a DICOM envelope: the Encapsulated PDF object around bytes that are given.
//
// Pure. The document's bytes are kept as they are; its length is said, since an odd one is padded.
// Source: DICOM PS3.3 sections A.45.1 and C.24.2.

package import DICOM

/// Writes a result's encapsulated document.
package struct EncapsulatedResult: Sendable {
    private static let encapsulatedPDF = "1.2.840.10008.5.1.4.1.1.104.1"

    private let object: ResultObject
    private let text: ReportText

    package init(_ result: ReportedResult) {
        object = ResultObject(result)
        text = ReportText(result: result)
    }

    /// The file's bytes.
    ///
    /// - Parameter pdf: The document, less than 4 GiB.
    /// - Throws: `.unwritable` when it is longer.
    package func bytes(around pdf: [UInt8]) throws(DICOMError) -> [UInt8] {
        try object.file(.dicomPDF) { (dataSet) throws(DICOMError) in
            try dataSet.set(.sopClassUID, Self.encapsulatedPDF)
            try dataSet.set(.modality, "DOC")
            try dataSet.set(.seriesDescription, "Result of examination")
            try dataSet.set(.conversionType, "WSD")
            try dataSet.set(
                .acquisitionDateTime, HL7Time.dicomText(object.result.determinedAt, in: object.result.determinedAt))
            try dataSet.set(.burnedInAnnotation, "YES")
            try dataSet.set(.documentTitle, text.title)
            dataSet.set(.conceptNameCodeSequence, items: [try concept(in: dataSet)])
            try dataSet.set(.mimeTypeOfEncapsulatedDocument, "application/pdf")
            try dataSet.set(.encapsulatedDocumentLength, integers: [pdf.count])
            dataSet.insert(DataElement(tag: .encapsulatedDocument, vr: .ob, value: .bytes(pdf)))
            let sources = object.result.study.series.flatMap(\.instances)
            if !sources.isEmpty { dataSet.set(.sourceInstanceSequence, items: try sources.map(reference)) }
        }
    }

    private func concept(in dataSet: DataSet) throws(DICOMError) -> DataSet {
        var item = dataSet.emptyItem
        try item.set(.codeValue, "18748-4")
        try item.set(.codingSchemeDesignator, "LN")
        try item.set(.codeMeaning, "Diagnostic imaging study")
        return item
    }

    private func reference(_ instance: ReportedStudy.Instance) throws(DICOMError) -> DataSet {
        var item = DataSet()
        try item.set(.referencedSOPClassUID, instance.sopClassUID)
        try item.set(.referencedSOPInstanceUID, instance.sopInstanceUID)
        return item
    }
}
