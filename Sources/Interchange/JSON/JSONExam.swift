// JSONExam owns the object `exam`, which diagnoses and requests share.
//
// Pure.

internal import Radiology

/// The reader of `exam`.
enum JSONExam {
    static let keys = ["facility", "accessionNumber", "studyInstanceUID"]

    /// The exam that an object names.
    ///
    /// - Throws: When `exam` is missing or names none.
    static func exam(of fields: JSONFields) throws(ItemError) -> ExamReference {
        let object = try fields.object("exam", what: "an exam", known: keys)
        let exam = try fields.required(object, "exam")
        let reference = ExamReference(
            facility: try exam.line("facility", FieldSyntax.partyID),
            accessionNumber: try exam.line("accessionNumber"),
            studyInstanceUID: try exam.line("studyInstanceUID", FieldSyntax.uid))
        guard reference.namesExam else {
            throw exam.place.fault("names no exam: give its accessionNumber, its studyInstanceUID or both")
        }
        return reference
    }

    /// The value of `type`.
    ///
    /// - Throws: When the item is no object or `type` is none of `known`.
    static func type(of node: JSONNode, _ lines: LineTable, known: [String], folder: String) throws(ItemError) -> String
    {
        guard case .object(let members) = node.value else {
            throw lines.place(node.offset).fault("an item is an object, and here stands \(node.kind)")
        }
        guard let member = members.first(where: { $0.key == "type" }) else {
            throw lines.place(node.offset).fault("the field 'type' is missing; it is \(Quoted.choice(known))")
        }
        let place = lines.place(member.node.offset, field: "/type")
        guard case .string(let type) = member.node.value else {
            throw place.fault("'type' is a string, and here stands \(member.node.kind)")
        }
        guard known.contains(type) else {
            let hint = Nearest.hint(type, among: known)
            throw place.fault("\(Quoted.text(type)) is no type of \(folder), which is \(Quoted.choice(known))\(hint)")
        }
        return type
    }
}
