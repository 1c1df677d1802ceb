// FormSigns owns the marks by which the first bytes of a file tell what it is.
//
// Pure. Looks at bytes only; a name decides nothing that the bytes say otherwise.

internal import DICOM

/// What the first bytes of a file look like.
enum FormSigns: Hashable, Sendable {
    case empty
    case dicom
    case json
    case hl7
    /// Lines with commas, of which the first names at least one of the columns asked for.
    case csv
    /// Text of no form that is known here.
    case text
    /// Something else, with what it is.
    case other(String)

    /// - Parameters:
    ///   - prefix: The first KiB at least, or all of a shorter file.
    ///   - columns: Names by which a CSV header is known.
    static func of(_ prefix: [UInt8], columns: [String]) -> FormSigns {
        guard !prefix.isEmpty else { return .empty }
        let form = prefix.withUnsafeBytes { FileForm.form(ofPrefix: $0) }
        if form == .part10 || form == .metaWithoutPreamble { return .dicom }
        if let known = magic.first(where: { prefix.starts(with: $0.bytes) }) { return .other(known.name) }
        let body = prefix.starts(with: [0xEF, 0xBB, 0xBF]) ? prefix[3...] : prefix[...]
        let text = body.drop { [0x09, 0x0A, 0x0B, 0x0D, 0x20].contains($0) }
        guard let first = text.first else { return .other("white space only") }
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") { return .json }
        if first == UInt8(ascii: "<") { return .other("XML or HTML") }
        if isHL7(text) { return .hl7 }
        if form == .bareDataSet { return .dicom }
        if hasHeader(text, columns) { return .csv }
        return text.prefix(1024).contains(0) ? .other("binary data") : .text
    }

    private static let magic: [(bytes: [UInt8], name: String)] = [
        ([0xFF, 0xFE], "UTF-16 text; write it in UTF-8"), ([0xFE, 0xFF], "UTF-16 text; write it in UTF-8"),
        (Array("PK\u{3}\u{4}".utf8), "a zip archive or an office document"), (Array("%PDF".utf8), "a PDF"),
        ([0x1F, 0x8B], "a gzip archive"), ([0x28, 0xB5, 0x2F, 0xFD], "a zstd archive"),
        ([0x37, 0x7A, 0xBC, 0xAF], "a 7z archive"), ([0xFD, 0x37, 0x7A, 0x58], "an xz archive"),
        ([0x89, 0x50, 0x4E, 0x47], "a PNG image"), ([0xFF, 0xD8, 0xFF], "a JPEG image"),
        ([0xD0, 0xCF, 0x11, 0xE0], "an office document"),
    ]

    /// MSH, BHS or FHS and a separator.
    private static func isHL7(_ text: ArraySlice<UInt8>) -> Bool {
        let name = String(decoding: text.prefix(3), as: UTF8.self)
        guard ["MSH", "BHS", "FHS"].contains(name), let separator = text.dropFirst(3).first else { return false }
        return separator > 0x20 && separator < 0x7F && !FieldSyntax.isDigit(separator)
            && !FieldSyntax.isLower(separator | 0x20)
    }

    private static func hasHeader(_ text: ArraySlice<UInt8>, _ columns: [String]) -> Bool {
        let line = text.prefix { $0 != 0x0A && $0 != 0x0D }
        let names = String(decoding: line, as: UTF8.self).split { [",", ";", "\t"].contains($0) }
        let plain = names.map { FieldSyntax.trimmed(String($0.filter { $0 != "\"" })) }
        return names.count > 1 && plain.contains(where: columns.contains)
    }
}
