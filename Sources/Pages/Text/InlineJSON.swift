// JSON that stands inside a page.
//
// Owns its escaping: whatever a DICOM file says, the text cannot end the element that it stands in, begin a comment
// there, or be taken for markup. Keys are sorted, so that the same values give the same bytes.

import FoundationEssentials

enum InlineJSON {
    /// The text of a value, safe inside a `script` element that holds data.
    ///
    /// - Source: HTML, "Restrictions for contents of script elements": `<!--`, `<script` and `</script` are to be avoided.
    static func text(of value: some Encodable) throws(PagesError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return escaped(String(decoding: try encoder.encode(value), as: UTF8.self))
        } catch {
            throw .unwritable("\(error)")
        }
    }

    /// In JSON these characters stand only inside strings, where an escape means the same.
    static func escaped(_ json: String) -> String {
        var result = ""
        result.reserveCapacity(json.utf8.count)
        for scalar in json.unicodeScalars {
            switch scalar {
            case "<": result += "\\u003c"
            case ">": result += "\\u003e"
            case "&": result += "\\u0026"
            case "\u{2028}": result += "\\u2028"
            case "\u{2029}": result += "\\u2029"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
