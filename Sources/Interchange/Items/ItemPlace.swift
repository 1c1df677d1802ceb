// ItemPlace owns where in a document something is: enough for its sender to find it with an editor.
//
// Pure. Every part may be unknown.

/// A place in a dropped document.
package struct ItemPlace: Hashable, Sendable, CustomStringConvertible {
    /// From 1; nil for documents without lines. In HL7 the ordinal of the segment in the file.
    package let line: Int?
    /// From 1, in characters; nil where the line is all that is known.
    package let column: Int?
    /// JSON pointer (RFC 6901), CSV column, HL7 field (`OBX[3]-5`) or DICOM element; nil for the whole item.
    package let field: String?

    package init(line: Int? = nil, column: Int? = nil, field: String? = nil) {
        self.line = line
        self.column = column
        self.field = field
    }

    /// `line 3, column 5, /findings/0/x`.
    package var description: String {
        let parts = [line.map { "line \($0)" }, column.map { "column \($0)" }, field.flatMap { $0.isEmpty ? nil : $0 }]
        return parts.compactMap(\.self).joined(separator: ", ")
    }

    /// An error here.
    func fault(_ text: String) -> ItemError { ItemError(place: self, text: text) }
}
