// HL7Diagnosis owns the meaning of one OBR group of an ORU^R01 as a diagnosis (contract, section 3).
//
// Pure. The facility is not taken from the message: MSH-4 names who sends, which may be a reader's practice.

internal import Radiology

/// The reader of one OBR group.
struct HL7Diagnosis: Sendable {
    /// The PID in force; nil when the message has none before the group.
    let patient: HL7Segment?
    let order: HL7Segment
    /// What follows the OBR.
    let segments: [HL7Segment]
    let zone: ZoneOffset

    func diagnosis() throws(ItemError) -> Diagnosis {
        let observations = try HL7Observations(segments)
        guard let answer = try observations.only("DIAG") else {
            throw order.place().fault("the group has no OBX with DIAG in OBX-3, which says the label")
        }
        let exam = try exam()
        let reader = try reader(observations, answer)
        let label = try label(answer)
        let diagnosis = Diagnosis(
            reader: reader.id, exam: exam, patientID: try patient?.component(1, field: 3),
            issuerOfPatientID: try patient?.component(4, field: 3, subcomponent: 1), label: label.text,
            confidence: try confidence(observations), findings: try findings(observations),
            text: try text(observations), readAt: try readAt(observations, answer),
            readerPersonName: reader.name, labelCodes: label.code.map { [$0] } ?? [])
        return try DiagnosisRules.checked(diagnosis, at: order.place())
    }

    /// OBR-3, and the study UID of a ZDS segment where one is sent (IHE Radiology, transaction 4).
    private func exam() throws(ItemError) -> ExamReference {
        let studies = segments.filter { $0.name == "ZDS" }
        var uid: String?
        if let study = studies.first, let text = try study.component(1, field: 1) {
            uid = try FieldSyntax.uid(text, at: study.place(1))
        }
        let accessionNumber = try order.component(1, field: 3)
        guard accessionNumber != nil || uid != nil else {
            throw order.place(3).fault("the accession number is missing")
        }
        return ExamReference(accessionNumber: accessionNumber, studyInstanceUID: uid)
    }

    private func label(_ answer: HL7Segment) throws(ItemError) -> (text: String, code: CodedConcept?) {
        let repetitions = answer.repetitions(5)
        guard repetitions.count < 2 else {
            throw answer.place(5).fault("the label is given \(repetitions.count) times")
        }
        guard let label = try answer.component(1, field: 5) else { throw answer.place(5).fault("the label is missing") }
        guard let scheme = try answer.component(3, field: 5) else { return (label, nil) }
        return (label, CodedConcept(value: label, schemeDesignator: scheme, meaning: try answer.component(2, field: 5)))
    }

    private func confidence(_ observations: HL7Observations) throws(ItemError) -> Double? {
        guard let segment = try observations.only("CONF"), let text = try segment.component(1, field: 5) else {
            return nil
        }
        guard let number = DecimalText.number(text) else {
            throw segment.place(5).fault("\(Quoted.text(text)) is no number")
        }
        let isPercent = try segment.component(1, field: 6) == "%"
        return try FieldSyntax.confidence(isPercent ? number / 100 : number, at: segment.place(5))
    }

    private func findings(_ observations: HL7Observations) throws(ItemError) -> [Finding] {
        var findings: [Finding] = []
        for segment in observations.all("FIND") {
            for repetition in segment.repetitions(5) {
                let finding = Finding(
                    code: try segment.component(1, of: repetition, field: 5),
                    text: try segment.component(2, of: repetition, field: 5))
                guard !finding.isEmpty else { throw segment.place(5).fault("the finding says nothing") }
                findings.append(finding)
            }
        }
        return findings
    }

    private func text(_ observations: HL7Observations) throws(ItemError) -> String? {
        var texts: [String] = []
        for segment in observations.all("TXT") {
            if let text = try segment.text(5) { texts.append(text) }
        }
        return texts.isEmpty ? nil : texts.joined(separator: "\n")
    }

    /// OBX-14 of the answer, of any other observation, else OBR-22.
    private func readAt(_ observations: HL7Observations, _ answer: HL7Segment) throws(ItemError) -> String {
        for segment in [answer] + observations.all {
            if let text = try segment.component(1, field: 14) {
                return try HL7Time.instant(text, zone: zone, at: segment.place(14))
            }
        }
        guard let text = try order.component(1, field: 22) else {
            throw answer.place(14).fault("neither OBX-14 nor OBR-22 says when it was read")
        }
        return try HL7Time.instant(text, zone: zone, at: order.place(22))
    }

    /// OBX-16 of the answer, or of another observation: an id, a name, or both.
    private func reader(
        _ observations: HL7Observations, _ answer: HL7Segment
    ) throws(ItemError) -> (id: String?, name: String?) {
        var found: (id: String?, name: String?) = (nil, nil)
        var first: String?
        for segment in [answer] + observations.all {
            for observer in segment.repetitions(16) {
                if let first, observer != first { throw segment.place(16).fault("the group names two readers") }
                guard first == nil else { continue }
                first = observer
                found = try self.observer(segment, observer)
            }
        }
        return found
    }

    /// An id that is no party's id is no use without a name beside it.
    private func observer(_ segment: HL7Segment, _ text: String) throws(ItemError) -> (id: String?, name: String?) {
        let id = try segment.component(1, of: text, field: 16)
        var group = ["", "", ""]
        for index in group.indices {
            group[index] = try segment.component(index + 2, of: text, field: 16, subcomponent: 1) ?? ""
        }
        while group.last == "" { group.removeLast() }
        let name = group.isEmpty ? nil : group.joined(separator: "^")
        guard let id else { return (nil, name) }
        guard name == nil || FieldSyntax.isPartyID(id) else { return (nil, name) }
        return (try FieldSyntax.partyID(id, at: segment.place(16)), name)
    }
}
