// The files that a result is published as.
//
// Pure: made from the stored document alone, so that publishing again gives the same bytes.

internal import Catalog
internal import Foundation
internal import Interchange

enum ResultFiles {
    /// What management and the facility get.
    static let officeEndings = ["json", "html", "csv"]

    static func bytes(_ determination: DeterminationRecord, ending: String) throws -> [UInt8] {
        switch ending {
        case "json": return Array(determination.content.utf8)
        case "csv": return Array(try csv(determination).utf8)
        case "html": return try ResultPageFile.html(determination)
        default: throw StageError.unexpected("a result has no form '\(ending)'")
        }
    }

    /// One line a read, and the result on each.
    private static func csv(_ determination: DeterminationRecord) throws -> String {
        let result = try ResultContent(determination.content)
        var text = "exam,version,status,label,reader,readLabel,weight,counted,confidence,round,readAt,digest,reason\r\n"
        for read in result.reads {
            let fields: [String] = [
                result.exam, String(result.version), result.status, result.label ?? "", read.reader, read.label ?? "",
                ResultDocument.number(read.weight), read.counted ? "true" : "false",
                read.confidence.map { ResultDocument.number($0) } ?? "", String(read.round), read.readAt, read.digest,
                read.reason ?? "",
            ]
            text += fields.map(quoted).joined(separator: ",") + "\r\n"
        }
        return text
    }

    /// RFC 4180; a field that a spreadsheet would compute is kept as text.
    private static func quoted(_ field: String) -> String {
        let isFormula = field.first.map { "=+-@\t\r".contains($0) } ?? false && Double(field) == nil
        let text = isFormula ? "'" + field : field
        guard text.contains(where: { ",\"\r\n".contains($0) }) else { return text }
        return "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }
}
