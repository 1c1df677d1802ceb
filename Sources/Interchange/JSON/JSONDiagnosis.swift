// JSONDiagnosis owns the fields of a diagnosis in JSON (contract, section 3).
//
// Pure.

internal import Radiology

/// The reader of one diagnosis.
enum JSONDiagnosis {
    private static let keys = [
        "type", "reader", "exam", "label", "confidence", "findings", "text", "readAt", "round", "packetVersion",
        "retracts",
    ]
    private static let findingKeys = ["code", "laterality", "sopInstanceUID", "x", "y", "text"]

    static func diagnosis(_ node: JSONNode, _ lines: LineTable) throws(ItemError) -> Diagnosis {
        _ = try JSONExam.type(of: node, lines, known: ["diagnosis"], folder: "diagnoses")
        let fields = try JSONFields(node, pointer: "", what: "a diagnosis", known: keys, lines: lines)
        let diagnosis = Diagnosis(
            reader: try fields.line("reader", FieldSyntax.partyID),
            exam: try JSONExam.exam(of: fields),
            label: try fields.line("label"),
            confidence: try confidence(fields),
            findings: try findings(fields),
            text: try fields.text("text"),
            readAt: try fields.required(try fields.line("readAt", FieldSyntax.instant), "readAt"),
            round: try fields.integer("round", atLeast: 1) ?? 1,
            packetVersion: try fields.integer("packetVersion", atLeast: 1),
            retracts: try fields.line("retracts", FieldSyntax.digest))
        return try DiagnosisRules.checked(diagnosis, at: fields.place)
    }

    private static func confidence(_ fields: JSONFields) throws(ItemError) -> Double? {
        guard let number = try fields.number("confidence") else { return nil }
        return try FieldSyntax.confidence(number, at: fields.place("confidence"))
    }

    private static func findings(_ fields: JSONFields) throws(ItemError) -> [Finding] {
        var findings: [Finding] = []
        for element in try fields.array("findings") ?? [] {
            findings.append(try finding(try fields.element(element, what: "a finding", known: findingKeys)))
        }
        return findings
    }

    private static func finding(_ fields: JSONFields) throws(ItemError) -> Finding {
        let finding = Finding(
            code: try fields.line("code"),
            laterality: try fields.word("laterality", of: Finding.lateralities),
            sopInstanceUID: try fields.line("sopInstanceUID", FieldSyntax.uid),
            x: try fields.number("x"), y: try fields.number("y"), text: try fields.text("text"))
        guard !finding.isEmpty else { throw fields.place.fault("the finding says nothing") }
        guard (finding.x == nil) == (finding.y == nil) else {
            throw fields.place.fault("the finding has \(finding.x == nil ? "'y' without 'x'" : "'x' without 'y'")")
        }
        return finding
    }
}
