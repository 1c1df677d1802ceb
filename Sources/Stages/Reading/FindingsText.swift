// Findings as the catalogue keeps them: a JSON array in the contract's own fields.

internal import Foundation
internal import Interchange
internal import Radiology

enum FindingsText {
    static func json(of findings: [Finding]) -> String {
        var text = JSONText()
        text.raw("[")
        for (index, finding) in findings.enumerated() {
            text.raw(index == 0 ? "{" : ",{")
            append(finding, to: &text)
            text.raw("}")
        }
        text.raw("]")
        return String(decoding: text.take(), as: UTF8.self)
    }

    private static func append(_ finding: Finding, to text: inout JSONText) {
        text.key("code", first: true)
        text.string(finding.code)
        text.key("laterality")
        text.string(finding.laterality)
        text.key("sopInstanceUID")
        text.string(finding.sopInstanceUID)
        text.key("x")
        if let x = finding.x { text.raw(x.description) } else { text.null() }
        text.key("y")
        if let y = finding.y { text.raw(y.description) } else { text.null() }
        text.key("text")
        text.string(finding.text)
    }

    static func findings(of json: String) throws -> [Finding] {
        struct Stored: Decodable {
            let code: String?
            let laterality: String?
            let sopInstanceUID: String?
            let x: Double?
            let y: Double?
            let text: String?
        }
        return try JSONDecoder().decode([Stored].self, from: Data(json.utf8)).map {
            Finding(
                code: $0.code, laterality: $0.laterality, sopInstanceUID: $0.sopInstanceUID, x: $0.x, y: $0.y,
                text: $0.text)
        }
    }
}
