// ChartSyntax owns the syntax of single values of charts that no other document has.
//
// Pure.

internal import Radiology

/// The checks of a chart's values.
enum ChartSyntax {
    /// Bytes of a patient id, an issuer or an entry's name: they become the names of folders.
    static let maximumIdentifierByteCount = 128

    /// An id on one line.
    static func identifier(_ text: String, at place: @autoclosure () -> ItemPlace) throws(ItemError) -> String {
        guard text.utf8.count <= maximumIdentifierByteCount else {
            throw place().fault(
                "\(Quoted.text(text)) is longer than an id may be, which has \(maximumIdentifierByteCount) bytes")
        }
        return text
    }

    /// A day, or an instant with its offset.
    static func time(_ text: String, at place: @autoclosure () -> ItemPlace) throws(ItemError) -> String {
        if text.utf8.count > 10 { return try FieldSyntax.instant(text, at: place()) }
        return try FieldSyntax.date(text, at: place())
    }
}

/// The first of some values that is there.
func firstGiven<Value>(_ values: Value?...) -> Value? { values.lazy.compactMap(\.self).first }
