// JSONReport owns an item of a reports drop in JSON (contract, section 3).
//
// Pure. Whether its exam, its attachment and what it supersedes are there is decided elsewhere.

package import Radiology

/// The reader of one report.
enum JSONReport {
    private static let keys = ["type", "exam", "author", "status", "text", "purpose", "attachment", "supersedes"]

    static func report(_ node: JSONNode, _ lines: LineTable) throws(ItemError) -> Report {
        _ = try JSONExam.type(of: node, lines, known: ["report"], folder: "reports")
        let fields = try JSONFields(node, pointer: "", what: "a report", known: keys, lines: lines)
        let report = Report(
            exam: try JSONExam.exam(of: fields), author: try fields.line("author"),
            status: try fields.required(try fields.word("status", Report.Status.self), "status"),
            text: try fields.text("text"), purpose: try fields.line("purpose"),
            attachment: try fields.line("attachment", attachment),
            supersedes: try fields.line("supersedes", FieldSyntax.digest))
        if report.status == .cancelled, report.supersedes == nil {
            throw fields.place("supersedes").fault(
                "a cancelled report says in 'supersedes' which report it cancels: the digest that its receipt has as id"
            )
        }
        if report.status != .cancelled, report.text == nil, report.attachment == nil {
            throw fields.place.fault("the report says nothing: give its 'text', its 'attachment' or both")
        }
        return report
    }

    /// A path of plain names, from the folder of the report's own file.
    private static func attachment(
        _ text: String, at place: @autoclosure () -> ItemPlace
    ) throws(ItemError) -> String {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") }), !text.utf8.contains(0x5C) else {
            throw place().fault(
                "\(Quoted.text(text)) is no name of a file that comes with the report, such as report.pdf")
        }
        return text
    }
}

extension JSONItems {
    /// The reports of a file, in order.
    ///
    /// - Throws: As `diagnoses`.
    package static func reports(
        _ bytes: [UInt8], limits: JSONLimits = .standard
    ) throws(ItemError) -> [Result<Report, ItemError>] {
        try items(bytes, limits: limits) { node, lines throws(ItemError) in try JSONReport.report(node, lines) }
    }
}
