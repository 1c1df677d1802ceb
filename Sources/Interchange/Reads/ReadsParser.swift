// Bytes of CSV to reads, without a string or an object a line.
//
// RFC 4180: fields may be quoted, lines may end in LF or CRLF; empty lines are passed over. Owns the unsafe access to
// the bytes. Never holds more than one buffer of the file.

import Glibc

/// Reads of one file, as numbers of names.
struct ReadsParser {
    private(set) var examNames = NameTable()
    private(set) var readerNames = NameTable()
    private(set) var labelNames = NameTable()
    private(set) var exams: [UInt32] = []
    private(set) var readers: [UInt32] = []
    private(set) var labels: [UInt32] = []
    /// The line that comes next, from 1.
    private var line = 1
    private var columns: ReadsColumns?
    private var fields: [Range<Int>] = []
    private var unquoted: [UInt8] = []

    /// Different labels that a file may have.
    static let mostLabels = 1000

    let path: String

    init(path: String) { self.path = path }

    private static let lineFeed = UInt8(ascii: "\n")
    private static let quote = UInt8(ascii: "\"")
    private static let comma = UInt8(ascii: ",")

    /// Takes all whole lines of a buffer.
    ///
    /// - Parameter isLast: Whether the file ends here, so that a last line needs no line end.
    /// - Returns: How many bytes were taken.
    mutating func take(_ buffer: UnsafeRawBufferPointer, isLast: Bool) throws(ReadsError) -> Int {
        guard let base = buffer.baseAddress else { return 0 }
        var start = line == 1 && buffer.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while start < buffer.count {
            guard let found = memchr(base + start, Int32(Self.lineFeed), buffer.count - start) else {
                if !isLast { break }
                try takeLine(UnsafeRawBufferPointer(rebasing: buffer[start...]), hasEnd: false)
                return buffer.count
            }
            let end = UnsafeRawPointer(found) - base
            let plain = memchr(base + start, Int32(Self.quote), end - start) == nil
            if plain {
                try takeLine(UnsafeRawBufferPointer(rebasing: buffer[start..<end]), hasEnd: true)
                start = end + 1
            } else {
                guard let end = try quotedEnd(buffer, from: start, isLast: isLast) else { break }
                let lines = buffer[start..<end].count { $0 == Self.lineFeed }
                try takeQuoted(UnsafeRawBufferPointer(rebasing: buffer[start..<end]))
                line += lines + 1
                start = end + 1
            }
        }
        return min(start, buffer.count)
    }

    /// A line without quotes.
    @inline(__always)
    private mutating func takeLine(_ text: UnsafeRawBufferPointer, hasEnd: Bool) throws(ReadsError) {
        var end = text.count
        if end > 0, text[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        if !hasEnd, text.contains(Self.quote) { return try takeQuoted(text) }
        fields.removeAll(keepingCapacity: true)
        if end > 0 {
            var start = 0
            for place in 0..<end where text[place] == Self.comma {
                fields.append(start..<place)
                start = place + 1
            }
            fields.append(start..<end)
            try takeFields(text)
        }
        line += 1
    }

    /// A record with quotes, which may be several lines: its fields are written one after the other without them.
    private mutating func takeQuoted(_ text: UnsafeRawBufferPointer) throws(ReadsError) {
        unquoted.removeAll(keepingCapacity: true)
        fields.removeAll(keepingCapacity: true)
        var start = 0
        var place = 0
        let end = text.last == UInt8(ascii: "\r") ? text.count - 1 : text.count
        while place <= end {
            if place == end || text[place] == Self.comma {
                fields.append(start..<unquoted.count)
                start = unquoted.count
                place += 1
            } else if text[place] == Self.quote, start == unquoted.count {
                place = try appendQuoted(text, from: place + 1, end)
            } else {
                guard text[place] != Self.quote else { throw problem("a quote inside a field that is not quoted") }
                unquoted.append(text[place])
                place += 1
            }
        }
        let bytes = unquoted
        let taken: Result<Void, ReadsError> = bytes.withUnsafeBytes { buffer in
            do throws(ReadsError) { return .success(try takeFields(buffer)) } catch { return .failure(error) }
        }
        try taken.get()
    }

    /// - Returns: The place after the closing quote.
    private mutating func appendQuoted(
        _ text: UnsafeRawBufferPointer, from start: Int, _ end: Int
    ) throws(ReadsError) -> Int {
        var place = start
        while place < end {
            if text[place] == Self.quote {
                guard place + 1 < end, text[place + 1] == Self.quote else {
                    guard place + 1 == end || text[place + 1] == Self.comma else {
                        throw problem("after a closing quote there is a comma or the end of the line")
                    }
                    return place + 1
                }
                place += 1
            }
            unquoted.append(text[place])
            place += 1
        }
        throw problem("a quoted field is not closed; write a quote inside it twice")
    }

    /// The end of a record with quotes; nil when the buffer ends before.
    private func quotedEnd(_ buffer: UnsafeRawBufferPointer, from start: Int, isLast: Bool) throws(ReadsError) -> Int? {
        var isQuoted = false
        for place in start..<buffer.count {
            if buffer[place] == Self.quote { isQuoted.toggle() }
            if buffer[place] == Self.lineFeed, !isQuoted { return place }
        }
        guard isLast else { return nil }
        guard !isQuoted else { throw problem("a quoted field is not closed; write a quote inside it twice") }
        return buffer.count
    }

    private mutating func takeFields(_ text: UnsafeRawBufferPointer) throws(ReadsError) {
        guard let columns else { return try takeHeader(text) }
        guard fields.count == columns.count else {
            throw problem("\(fields.count) fields, where the header has \(columns.count)")
        }
        guard let exam = Self.number(&examNames, text, fields[columns.exam]),
            let reader = Self.number(&readerNames, text, fields[columns.reader]),
            let label = Self.number(&labelNames, text, fields[columns.label])
        else { throw unnamed(columns) }
        guard labelNames.count <= Self.mostLabels else {
            throw problem("more than \(Self.mostLabels) different labels; is `label` the right column?")
        }
        exams.append(exam)
        readers.append(reader)
        labels.append(label)
    }

    /// Static, because a call on the whole parser would hold, and so copy, the names that it adds to.
    @inline(__always)
    private static func number(
        _ names: inout NameTable, _ text: UnsafeRawBufferPointer, _ field: Range<Int>
    ) -> UInt32? {
        field.isEmpty ? nil : names.number(of: UnsafeRawBufferPointer(rebasing: text[field]))
    }

    /// What is wrong with a line whose names got no number.
    private func unnamed(_ columns: ReadsColumns) -> ReadsError {
        let named = [(columns.exam, "exam"), (columns.reader, "reader"), (columns.label, "label")]
        guard let empty = named.first(where: { fields[$0.0].isEmpty }) else {
            return problem("the names of the file are longer than 4 GB together")
        }
        return problem("the \(empty.1) is empty; every line names an exam, a reader and a label")
    }

    private mutating func takeHeader(_ text: UnsafeRawBufferPointer) throws(ReadsError) {
        let names = fields.map { String(decoding: text[$0], as: UTF8.self) }
        switch ReadsColumns.make(names) {
        case .success(let columns): self.columns = columns
        case .failure(let wrong): throw problem(wrong.text)
        }
    }

    private func problem(_ text: String) -> ReadsError { .line(path: path, number: line, problem: text) }

    /// Whether a header has been seen.
    var hasHeader: Bool { columns != nil }
}
