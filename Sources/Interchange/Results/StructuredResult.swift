// StructuredResult owns a result as a Basic Text SR: a section for each reader's findings, with its observer, and one for
// the conclusion.
//
// Pure. A version that takes the place of another that the recipient has names it as its predecessor. Nobody signs what a
// rule determines: the document is complete or partial, and unverified.
// Source: DICOM PS3.3 sections A.35.1 and C.17; PS3.16 CID 7000, 7001.

package import DICOM
internal import Radiology

/// Writes a result's structured report.
package struct StructuredResult: Sendable {
    private static let basicText = "1.2.840.10008.5.1.4.1.1.88.11"

    private let result: ReportedResult
    private let object: ResultObject
    private let text: ReportText

    package init(_ result: ReportedResult) {
        self.result = result
        object = ResultObject(result)
        text = ReportText(result: result)
    }

    /// The file's bytes.
    ///
    /// - Throws: `.unwritable` when a text is too long for any element.
    package func bytes() throws(DICOMError) -> [UInt8] {
        try object.file(.sr) { (dataSet) throws(DICOMError) in
            try dataSet.set(.sopClassUID, Self.basicText)
            try dataSet.set(.modality, "SR")
            try dataSet.set(.seriesDescription, "Result of examination")
            dataSet.set(.referencedPerformedProcedureStepSequence, items: [])
            dataSet.set(.performedProcedureCodeSequence, items: [])
            try dataSet.set(.completionFlag, result.status == .preliminary ? "PARTIAL" : "COMPLETE")
            try dataSet.set(.completionFlagDescription, ResultObject.shortened(text.title))
            try dataSet.set(.preliminaryFlag, result.status.preliminaryFlag)
            try dataSet.set(.verificationFlag, "UNVERIFIED")
            try refer(&dataSet)
            for element in try content(SRItemWriter(parent: dataSet, documentedAt: result.determinedAt)).elements {
                dataSet.insert(element)
            }
        }
    }

    // MARK: What it refers to

    private func refer(_ dataSet: inout DataSet) throws(DICOMError) {
        if let version = result.predecessor {
            let former = ReportedStudy.Instance(
                sopClassUID: Self.basicText,
                sopInstanceUID: object.identifiers.sopInstanceUID(.sr, version: version))
            let series = ReportedStudy.Series(
                seriesInstanceUID: object.identifiers.seriesInstanceUID(.sr), modality: "SR", instances: [former])
            dataSet.set(.predecessorDocumentsSequence, items: [try references([series])])
        }
        let evidence = result.study.series.filter { !$0.instances.isEmpty }
        if !evidence.isEmpty {
            dataSet.set(.currentRequestedProcedureEvidenceSequence, items: [try references(evidence)])
        }
    }

    private func references(_ series: [ReportedStudy.Series]) throws(DICOMError) -> DataSet {
        var study = DataSet()
        try study.set(.studyInstanceUID, result.study.studyInstanceUID)
        var items: [DataSet] = []
        for series in series {
            var item = DataSet()
            try item.set(.seriesInstanceUID, series.seriesInstanceUID)
            var instances: [DataSet] = []
            for instance in series.instances {
                var reference = DataSet()
                try reference.set(.referencedSOPClassUID, instance.sopClassUID)
                try reference.set(.referencedSOPInstanceUID, instance.sopInstanceUID)
                instances.append(reference)
            }
            item.set(.referencedSOPSequence, items: instances)
            items.append(item)
        }
        study.set(.referencedSeriesSequence, items: items)
        return study
    }

    // MARK: Content

    private static let title = CodedConcept(
        value: "18748-4", schemeDesignator: "LN", meaning: "Diagnostic imaging study")
    private static let findings = CodedConcept(value: "121070", schemeDesignator: "DCM", meaning: "Findings")
    private static let finding = CodedConcept(value: "121071", schemeDesignator: "DCM", meaning: "Finding")
    private static let conclusions = CodedConcept(value: "121076", schemeDesignator: "DCM", meaning: "Conclusions")
    private static let conclusion = CodedConcept(value: "121077", schemeDesignator: "DCM", meaning: "Conclusion")

    private func content(_ writer: SRItemWriter) throws(DICOMError) -> DataSet {
        var sections: [DataSet] = []
        for opinion in result.opinions {
            let items = [
                try writer.observer(opinion.structuredName),
                try writer.text(Self.finding, ReportText.statement(opinion), observedAt: opinion.readAt),
            ]
            sections.append(try writer.container(Self.findings, relationship: "CONTAINS", items))
        }
        var conclusion: [DataSet] = []
        if let label = result.label {
            let code = CodedConcept(
                value: label, schemeDesignator: "99FILMROOM", meaning: ResultObject.shortened(label))
            conclusion.append(try writer.code(Self.conclusion, code))
        }
        conclusion.append(try writer.text(Self.conclusion, text.conclusion))
        sections.append(try writer.container(Self.conclusions, relationship: "CONTAINS", conclusion))
        return try writer.container(Self.title, relationship: nil, sections)
    }
}
