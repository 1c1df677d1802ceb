// ReportForm owns the question what a file of a reports drop is, by its first bytes and its name.

internal import DICOM

/// What a file of a reports drop is.
package enum ReportForm: Hashable, Sendable {
    case json
    case dicom
    /// A document that a report may name as its attachment: `application/pdf` or `text/plain`.
    case document(mediaType: String)
    /// Nothing that belongs into a reports drop; says what it is.
    case other(String)

    package static func detect(name: String, bytes: [UInt8]) -> ReportForm {
        if bytes.starts(with: Array("%PDF-".utf8)) { return .document(mediaType: "application/pdf") }
        let ending = name.lowercased().split(separator: ".").last.map(String.init) ?? ""
        if ending == "pdf" { return .other("named .pdf, and no PDF: it does not begin with %PDF-") }
        switch FormSigns.of(Array(bytes.prefix(4096)), columns: []) {
        case .dicom: return .dicom
        case .json where ending != "txt": return .json
        case .empty: return .other("empty")
        case .other(let kind) where !kind.hasPrefix("white space"): return .other(kind)
        default: break
        }
        if ending == "json" { return .json }
        guard String(validating: bytes, as: UTF8.self) != nil, !bytes.contains(0) else {
            return .other("neither a PDF nor text in UTF-8")
        }
        return .document(mediaType: "text/plain")
    }
}
