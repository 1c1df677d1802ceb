// JSONChart owns the fields of a chart in JSON (contract, section 3).
//
// Pure.

internal import Radiology

/// The reader of one chart.
enum JSONChart {
    private static let keys = ["type", "patient", "encounters"]
    private static let patientKeys = ["patientID", "issuerOfPatientID", "name", "birthDate", "sex"]
    private static let encounterKeys = [
        "id", "date", "title", "text", "status", "accessionNumbers", "studyInstanceUIDs", "exams",
    ]
    private static let examKeys = ["accessionNumber", "studyInstanceUID"]

    static func chart(_ node: JSONNode, _ lines: LineTable) throws(ItemError) -> ChartItem {
        _ = try JSONExam.type(of: node, lines, known: ["chart"], folder: "charts")
        let fields = try JSONFields(node, pointer: "", what: "a chart", known: keys, lines: lines)
        let patient = try patient(
            try fields.required(
                try fields.object("patient", what: "a patient", known: patientKeys), "patient"))
        var entries: [ChartEntry] = []
        var names: Set<String> = []
        for element in try fields.array("encounters") ?? [] {
            let encounter = try fields.element(element, what: "an encounter", known: encounterKeys)
            let entry = try entry(encounter, of: patient.identity)
            guard names.insert(entry.name).inserted else {
                throw encounter.place("id").fault("a second encounter \(Quoted.text(entry.name))")
            }
            entries.append(entry)
        }
        return ChartItem(name: "Patient/\(patient.identity.patientID)", patients: [patient], entries: entries)
    }

    private static func patient(_ fields: JSONFields) throws(ItemError) -> ChartPatient {
        let identity = PatientIdentity(
            patientID: try fields.required(try fields.line("patientID", ChartSyntax.identifier), "patientID"),
            issuer: try fields.line("issuerOfPatientID", ChartSyntax.identifier) ?? "")
        return ChartPatient(
            identity: identity, name: try fields.line("name"),
            birthDate: try fields.line("birthDate", FieldSyntax.date),
            sex: try fields.word("sex", of: ["M", "F", "O"]))
    }

    private static func entry(_ fields: JSONFields, of patient: PatientIdentity) throws(ItemError) -> ChartEntry {
        var exams: [ExamReference] = []
        for element in try fields.array("exams") ?? [] {
            let exam = try fields.element(element, what: "an exam", known: examKeys)
            let reference = ExamReference(
                accessionNumber: try exam.line("accessionNumber"),
                studyInstanceUID: try exam.line("studyInstanceUID", FieldSyntax.uid))
            guard reference.namesExam else {
                throw exam.place.fault("names no exam: give its accessionNumber, its studyInstanceUID or both")
            }
            exams.append(reference)
        }
        let uids = try fields.lines("studyInstanceUIDs") ?? []
        for uid in uids { _ = try FieldSyntax.uid(uid, at: fields.place("studyInstanceUIDs")) }
        return ChartEntry(
            name: try fields.required(try fields.line("id", ChartSyntax.identifier), "id"), kind: .encounter,
            patient: patient,
            accessionNumbers: try fields.lines("accessionNumbers") ?? [], studyInstanceUIDs: uids, statedExams: exams,
            time: try fields.line("date", ChartSyntax.time), title: try fields.line("title"),
            text: try fields.text("text"), status: try fields.line("status"))
    }
}
