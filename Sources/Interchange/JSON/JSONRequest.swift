// JSONRequest owns the fields of all kinds of requests in JSON (contract, section 3).
//
// Pure.

internal import Radiology

/// The reader of one request.
enum JSONRequest {
    static func request(_ node: JSONNode, _ lines: LineTable) throws(ItemError) -> RequestItem {
        switch try JSONExam.type(of: node, lines, known: RequestItem.types, folder: "requests") {
        case "assign": .assign(try assignment(node, lines))
        case "hold": .hold(try hold(node, lines))
        case "delete": .delete(try deletion(node, lines))
        case "credit": .credit(try JSONNoteRequest.credit(node, lines))
        case "debit": .debit(try JSONNoteRequest.debit(node, lines))
        case "result": .result(try result(node, lines))
        case "referral": .referral(try referral(node, lines))
        case "settle": .settle(try settlement(node, lines))
        default: .request(try JSONExamRequest.request(node, lines))
        }
    }

    static func id(_ fields: JSONFields) throws(ItemError) -> String {
        try fields.required(try fields.line("id", FieldSyntax.requestID), "id")
    }

    private static func assignment(_ node: JSONNode, _ lines: LineTable) throws(ItemError) -> Assignment {
        let fields = try JSONFields(
            node, pointer: "", what: "an assignment", known: ["type", "id", "exam", "readers", "reason"], lines: lines)
        return Assignment(
            id: try id(fields), exam: try JSONExam.exam(of: fields), readers: try readers(fields),
            reason: try fields.text("reason"))
    }

    private static func readers(_ fields: JSONFields) throws(ItemError) -> [String] {
        let readers = try fields.required(try fields.lines("readers"), "readers")
        for reader in readers { _ = try FieldSyntax.partyID(reader, at: fields.place("readers")) }
        guard !readers.isEmpty else { throw fields.place("readers").fault("'readers' names nobody") }
        return readers
    }

    private static func hold(_ node: JSONNode, _ lines: LineTable) throws(ItemError) -> Hold {
        let fields = try JSONFields(
            node, pointer: "", what: "a hold", known: ["type", "id", "exam", "on", "reason"], lines: lines)
        return Hold(
            id: try id(fields), exam: try JSONExam.exam(of: fields),
            on: try fields.required(try fields.boolean("on"), "on"), reason: try fields.text("reason"))
    }

    private static func deletion(_ node: JSONNode, _ lines: LineTable) throws(ItemError) -> Deletion {
        let fields = try JSONFields(
            node, pointer: "", what: "a deletion", known: ["type", "id", "exam", "reason"], lines: lines)
        return Deletion(id: try id(fields), exam: try JSONExam.exam(of: fields), reason: try fields.text("reason"))
    }

    private static func result(_ node: JSONNode, _ lines: LineTable) throws(ItemError) -> ResultRequest {
        let fields = try JSONFields(
            node, pointer: "", what: "a request for a result", known: ["type", "id", "exam"], lines: lines)
        return ResultRequest(id: try id(fields), exam: try JSONExam.exam(of: fields))
    }

    private static func settlement(_ node: JSONNode, _ lines: LineTable) throws(ItemError) -> Settlement {
        let fields = try JSONFields(
            node, pointer: "", what: "a settlement", known: ["type", "id", "exam", "patient", "both", "reason"],
            lines: lines)
        let patient = try fields.object(
            "patient", what: "a patient", known: ["patientID", "issuerOfPatientID"])
        let both = try fields.boolean("both") ?? false
        guard both == (patient == nil) else {
            throw fields.place.fault(
                "say whose the exam is: 'patient' for one of the two, or 'both' as true where both patients stand")
        }
        return Settlement(
            id: try id(fields), exam: try JSONExam.exam(of: fields), patient: try identity(patient),
            reason: try fields.text("reason"))
    }

    private static func identity(_ patient: JSONFields?) throws(ItemError) -> PatientIdentity? {
        guard let patient else { return nil }
        return PatientIdentity(
            patientID: try patient.required(try patient.line("patientID", ChartSyntax.identifier), "patientID"),
            issuer: try patient.line("issuerOfPatientID", ChartSyntax.identifier) ?? "")
    }

    private static func referral(_ node: JSONNode, _ lines: LineTable) throws(ItemError) -> Referral {
        let fields = try JSONFields(
            node, pointer: "", what: "a referral", known: ["type", "id", "exam", "to", "purposes", "on", "reason"],
            lines: lines)
        let on = try fields.boolean("on") ?? true
        let purposes = try fields.lines("purposes") ?? []
        guard !purposes.isEmpty || !on else {
            throw fields.place("purposes").fault("'purposes' names no purpose; say for which the exam may be asked for")
        }
        return Referral(
            id: try id(fields), exam: try JSONExam.exam(of: fields),
            to: try fields.required(try fields.line("to", FieldSyntax.partyID), "to"), purposes: purposes, on: on,
            reason: try fields.text("reason"))
    }
}
