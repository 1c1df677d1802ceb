// SRExam owns the question which exam a report is of: the study of its current requested procedure evidence.
//
// Source: DICOM PS3.3 section C.17.2. An accession number counts only where it belongs to that same study.

internal import DICOM
internal import Radiology

/// The reader of a report's exam.
enum SRExam {
    /// - Throws: When the evidence is of several studies, of which none is the report's own.
    static func exam(_ dataSet: DataSet) throws(ItemError) -> ExamReference {
        let own = filled(dataSet.text(.studyInstanceUID))
        let place = ItemPlace(field: "CurrentRequestedProcedureEvidenceSequence")
        let evidence = Set(
            dataSet.items(.currentRequestedProcedureEvidenceSequence).compactMap { filled($0.text(.studyInstanceUID)) })
        guard evidence.count < 2 || own.map(evidence.contains) == true else {
            throw place.fault("the evidence is of \(evidence.count) studies, and the report belongs to none of them")
        }
        guard let study = evidence.count == 1 ? evidence.first : own else {
            throw place.fault("the report names no study")
        }
        let request = dataSet.items(.referencedRequestSequence).first { $0.text(.studyInstanceUID) == study }
        let requested = request.flatMap { filled($0.text(.accessionNumber)) }
        let accessionNumber = requested ?? (own == study ? filled(dataSet.text(.accessionNumber)) : nil)
        return ExamReference(
            accessionNumber: accessionNumber, studyInstanceUID: try FieldSyntax.uid(study, at: place))
    }

    private static func filled(_ text: String?) -> String? {
        let text = FieldSyntax.trimmed(text ?? "")
        return text.isEmpty ? nil : text
    }
}
