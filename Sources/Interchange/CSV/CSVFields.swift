// CSVFields owns the fields of one line by the names of their columns.
//
// Pure. An empty field is as good as none.

/// The fields of one line.
struct CSVFields {
    let line: Int
    /// Where each column is.
    let columns: [String: Int]
    let fields: [String]

    /// The line as a whole.
    var place: ItemPlace { ItemPlace(line: line) }

    func place(_ column: String) -> ItemPlace { ItemPlace(line: line, field: column) }

    /// A value on one line.
    func line(_ column: String) throws(ItemError) -> String? {
        guard let index = columns[column] else { return nil }
        return try FieldSyntax.line(fields[index], at: place(column))
    }

    /// A value on one line with a syntax of its own.
    func line(
        _ column: String, _ check: (String, @autoclosure () -> ItemPlace) throws(ItemError) -> String
    ) throws(ItemError) -> String? {
        guard let text = try line(column) else { return nil }
        return try check(text, place(column))
    }

    /// A value of any number of lines.
    func text(_ column: String) throws(ItemError) -> String? {
        guard let index = columns[column] else { return nil }
        return try FieldSyntax.text(fields[index], at: place(column))
    }

    /// A decimal number, with a point.
    func number(_ column: String) throws(ItemError) -> Double? {
        guard let text = try line(column) else { return nil }
        guard let number = DecimalText.number(text) else {
            let hint = text.utf8.contains(UInt8(ascii: ",")) ? "; write the decimal point as '.'" : ""
            throw place(column).fault("\(Quoted.text(text)) is no number\(hint)")
        }
        return number
    }

    /// A whole number of at least 1.
    func count(_ column: String) throws(ItemError) -> Int? {
        guard let number = try number(column) else { return nil }
        guard let count = Int(exactly: number), 1...Int(Int32.max) ~= count else {
            throw place(column).fault("'\(column)' must be a whole number of at least 1")
        }
        return count
    }

    /// The value, which must be there.
    func required<Value>(_ value: Value?, _ column: String) throws(ItemError) -> Value {
        guard let value else { throw place(column).fault("'\(column)' is empty") }
        return value
    }
}
