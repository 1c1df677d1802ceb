// Lines of CSV, one after the other, as places in the bytes of their file, without a string or an object a field.
//
// RFC 4180: fields may be quoted, lines may end in LF or CRLF; empty lines are passed over. Borrows the file's bytes, which
// must outlive it.

import Glibc

/// Reads the lines of a part of a list.
struct ListLines {
    private let file: ListFile
    private let end: Int
    private var fields: [Range<Int>] = []
    /// Where the line that comes next begins.
    private var next: Int
    /// Where this one does.
    private var start = 0

    private static let lineFeed = UInt8(ascii: "\n")
    private static let comma = UInt8(ascii: ",")
    private static let quote = UInt8(ascii: "\"")
    private static let carriageReturn = UInt8(ascii: "\r")

    /// - Parameter part: From the beginning of a line to the end of one.
    init(_ file: ListFile, _ part: Range<Int>) {
        self.file = file
        next = part.lowerBound
        end = part.upperBound
        fields.reserveCapacity(file.columns.count)
    }

    /// What is wrong with this line.
    func fault(_ text: String) -> ItemError {
        let line = 1 + file.bytes[..<start].count { $0 == Self.lineFeed }
        return ItemError(place: ItemPlace(line: line), text: "\(file.name): \(text)")
    }

    /// Goes to the next line.
    ///
    /// - Returns: false at the end.
    mutating func advance() throws(ItemError) -> Bool {
        while next < end {
            start = next
            let lineEnd = Self.end(file.bytes, from: start)
            next = lineEnd + 1
            let last = lineEnd > start && file.bytes[lineEnd - 1] == Self.carriageReturn ? lineEnd - 1 : lineEnd
            guard last > start else { continue }
            split(start..<last)
            guard fields.count == file.columns.count else {
                throw fault("\(fields.count) fields, where the header has \(file.columns.count)")
            }
            return true
        }
        return false
    }

    /// Where a field lies in the file; empty where the list has no such column.
    func place(_ column: Int) -> Range<Int> {
        let place = file.columns.places[column]
        return place < 0 ? 0..<0 : fields[place]
    }

    /// A field's bytes; of a quoted one without its quotes.
    func field(_ column: Int) -> UnsafeRawBufferPointer { file.field(place(column)) }

    /// The end of the record that begins at a place, before its line feed; a line feed in quotes does not end it.
    static func end(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        guard let base = bytes.baseAddress, start < bytes.count else { return bytes.count }
        let found = memchr(base + start, Int32(lineFeed), bytes.count - start)
        let end = found.map { UnsafeRawPointer($0) - base } ?? bytes.count
        if memchr(base + start, Int32(quote), end - start) == nil { return end }
        var isQuoted = false
        for place in start..<bytes.count {
            if bytes[place] == quote { isQuoted.toggle() }
            if bytes[place] == lineFeed, !isQuoted { return place }
        }
        return bytes.count
    }

    /// Whether any field is quoted; then lines are found only one after the other.
    static func hasQuotes(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.baseAddress.map { memchr($0, Int32(quote), bytes.count) != nil } ?? false
    }

    private mutating func split(_ record: Range<Int>) {
        fields.removeAll(keepingCapacity: true)
        var start = record.lowerBound
        var isQuoted = false
        for place in record {
            let byte = file.bytes[place]
            if byte == Self.comma, !isQuoted {
                fields.append(unquoted(start..<place))
                start = place + 1
            } else if byte == Self.quote {
                isQuoted.toggle()
            }
        }
        fields.append(unquoted(start..<record.upperBound))
    }

    /// A quote within a field stays written twice: as names, equal fields are equal so too.
    private func unquoted(_ field: Range<Int>) -> Range<Int> {
        guard field.count > 1, file.bytes[field.lowerBound] == Self.quote,
            file.bytes[field.upperBound - 1] == Self.quote
        else { return field }
        return field.lowerBound + 1..<field.upperBound - 1
    }

    /// Appends a field as CSV has it; quotes within it are written twice already.
    static func append(_ field: UnsafeRawBufferPointer, to bytes: inout [UInt8]) {
        var isPlain = true
        for byte in field where byte == comma || byte == quote || byte == lineFeed || byte == carriageReturn {
            isPlain = false
        }
        if !isPlain { bytes.append(quote) }
        bytes.append(contentsOf: field)
        if !isPlain { bytes.append(quote) }
    }
}
