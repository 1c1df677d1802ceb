// SRDiagnosis owns the meaning of a structured report as a diagnosis (contract, section 3).
//
// The label is not decided here: every coded statement is offered, in the order of the document, for the protocol's
// `srLabels` to pick from. Pure.

internal import DICOM
internal import Radiology

/// The reader of a report's data set.
struct SRDiagnosis {
    let dataSet: DataSet
    let zone: ZoneOffset

    private var codes: [CodedConcept] = []
    private var texts: [String] = []
    private var findings: [Finding] = []
    /// Certainties: of the report as a whole, and of single findings.
    private var certainties: (whole: [Double], ofFindings: [Double]) = ([], [])

    init(_ dataSet: DataSet, zone: ZoneOffset) {
        self.dataSet = dataSet
        self.zone = zone
    }

    mutating func diagnosis() throws(ItemError) -> Diagnosis {
        let root = SRContentItem(dataSet: dataSet, path: "1")
        for item in root.children { try take(item, isInFinding: false) }
        let observer = try SRObserver(dataSet, root: root)
        let exam = try SRExam.exam(dataSet)
        let diagnosis = Diagnosis(
            reader: observer.id, exam: exam, patientID: filled(.patientID),
            issuerOfPatientID: filled(.issuerOfPatientID), confidence: confidence, findings: findings,
            text: texts.isEmpty ? nil : texts.joined(separator: "\n"), readAt: try readAt(),
            readerPersonName: observer.name, labelCodes: codes,
            isVerified: dataSet.text(.verificationFlag) == "VERIFIED")
        guard !codes.isEmpty else {
            throw ItemError(text: "the report has no coded statement (CODE item) that could be the label")
        }
        return try DiagnosisRules.checked(diagnosis, at: ItemPlace())
    }

    /// An item and what is below it.
    private mutating func take(_ item: SRContentItem, isInFinding: Bool) throws(ItemError) {
        if item.isContext { return }
        let isFinding = item.name == SRCode.finding && ["CODE", "TEXT"].contains(item.valueType)
        if let code = item.code { codes.append(code) }
        if isFinding {
            findings += try SRFinding(item: item).findings()
            guard findings.count <= SRFinding.maximumCount else {
                throw item.place.fault("the report has more than \(SRFinding.maximumCount) findings")
            }
        } else if let text = try FieldSyntax.text(item.text ?? "", at: item.place) {
            texts.append(text)
        }
        if item.valueType == "NUM", item.name == SRCode.certaintyOfFinding, let certainty = try certainty(item) {
            if isInFinding { certainties.ofFindings.append(certainty) } else { certainties.whole.append(certainty) }
        }
        for child in item.children { try take(child, isInFinding: isInFinding || isFinding) }
    }

    /// The one that stands outside findings, else that of the only finding that has one.
    private var confidence: Double? {
        if certainties.whole.count == 1 { return certainties.whole[0] }
        return certainties.whole.isEmpty && certainties.ofFindings.count == 1 ? certainties.ofFindings[0] : nil
    }

    private func certainty(_ item: SRContentItem) throws(ItemError) -> Double? {
        guard let measured = item.dataSet.items(.measuredValueSequence).first,
            let number = measured.decimals(.numericValue).first
        else { return nil }
        let unit = SRCode.concept(.measurementUnitsCodeSequence, of: measured)?.value
        guard unit == "%" || unit == "1" else {
            throw item.place.fault("the certainty has the unit \(Quoted.text(unit ?? "")), and must be in '%' or '1'")
        }
        return try FieldSyntax.confidence(unit == "%" ? number / 100 : number, at: item.place)
    }

    /// Content Date and Time with Timezone Offset From UTC.
    private func readAt() throws(ItemError) -> String {
        let place = ItemPlace(field: "ContentDate, ContentTime")
        guard let date = filled(.contentDate), let time = filled(.contentTime) else {
            throw place.fault("the report does not say when it was made")
        }
        // Older reports write 2026.11.20 and 10:15:00 (PS3.5 section 6.2, notes on DA and TM).
        let plainDate = date.filter { $0 != "." }
        let plainTime = time.filter { $0 != ":" }
        let offset = filled(.timezoneOffsetFromUTC) ?? ""
        return try HL7Time.instant(plainDate + plainTime + offset, zone: zone, at: place)
    }

    private func filled(_ tag: Tag) -> String? {
        let text = FieldSyntax.trimmed(dataSet.text(tag) ?? "")
        return text.isEmpty ? nil : text
    }
}
