// JSONExamRequest owns the fields of a request for exams in JSON (contract, section 3).
//
// Pure.

internal import Radiology

/// The reader of one request of the type `request`.
enum JSONExamRequest {
    private static let keys = ["type", "id", "exam", "exams", "purpose", "want", "prefer", "format", "dicomdir"]
    private static let queryKeys = [
        "facility", "patientID", "issuerOfPatientID", "accessionNumber", "studyInstanceUID", "modality", "from", "to",
        "nearestTo", "except",
    ]
    private static let wantKeys = ["kinds", "pixelDensity", "imageProcessing", "reports"]

    static func request(_ node: JSONNode, _ lines: LineTable) throws(ItemError) -> ExamRequest {
        let fields = try JSONFields(node, pointer: "", what: "a request", known: keys, lines: lines)
        return ExamRequest(
            id: try JSONRequest.id(fields), subject: try subject(fields),
            purpose: try fields.required(try fields.line("purpose"), "purpose"), want: try want(fields),
            prefer: try fields.word("prefer", ExamRequest.Preference.self) ?? .reduce,
            format: try fields.word("format", ExamRequest.Format.self) ?? .folder,
            dicomdir: try fields.boolean("dicomdir") ?? false)
    }

    private static func subject(_ fields: JSONFields) throws(ItemError) -> ExamRequest.Subject {
        switch (fields.has("exam"), fields.has("exams")) {
        case (true, true): throw fields.place.fault("the request has both 'exam' and 'exams'; give one of them")
        case (false, false): throw fields.place.fault("the request names no exam: give 'exam' or 'exams'")
        case (true, false): return .exam(try JSONExam.exam(of: fields))
        case (false, true): return .exams(try query(fields))
        }
    }

    private static func query(_ fields: JSONFields) throws(ItemError) -> ExamQuery {
        let object = try fields.object("exams", what: "a query of exams", known: queryKeys)
        let exams = try fields.required(object, "exams")
        let query = ExamQuery(
            facility: try exams.line("facility", FieldSyntax.partyID), patientID: try exams.line("patientID"),
            issuerOfPatientID: try exams.line("issuerOfPatientID"),
            accessionNumber: try exams.line("accessionNumber"),
            studyInstanceUID: try exams.line("studyInstanceUID", FieldSyntax.uid),
            modality: try exams.line("modality"), from: try exams.line("from", FieldSyntax.date),
            to: try exams.line("to", FieldSyntax.date), nearestTo: try exams.line("nearestTo", FieldSyntax.date),
            except: try exams.lines("except") ?? [])
        guard query != ExamQuery() else {
            throw exams.place.fault("the query is empty; give one of \(Quoted.choice(queryKeys))")
        }
        if let from = query.from, let to = query.to, from > to {
            throw exams.place("from").fault("'from' is \(from), which is after 'to', \(to)")
        }
        if query.nearestTo != nil, query.patientID == nil {
            throw exams.place("nearestTo").fault("'nearestTo' is of one patient's exams; give the 'patientID' too")
        }
        return query
    }

    private static func want(_ fields: JSONFields) throws(ItemError) -> RequestedRange? {
        guard let want = try fields.object("want", what: "a wanted range", known: wantKeys) else { return nil }
        let density = try want.decimal("pixelDensity")
        if let density, !(density > 0 && density <= 1) {
            throw want.place("pixelDensity").fault("the pixel density is \(density), and must be above 0 and at most 1")
        }
        return RequestedRange(
            kinds: try kinds(want), pixelDensity: density, imageProcessing: try want.boolean("imageProcessing"),
            reports: try want.boolean("reports"))
    }

    /// A list of modalities; nil for `all`, as purposes write it.
    private static func kinds(_ want: JSONFields) throws(ItemError) -> [String]? {
        if want.isString("kinds"), try want.line("kinds") == "all" { return nil }
        return try want.lines("kinds")
    }
}
