// CSVTokenizer owns the splitting of CSV text (RFC 4180) into records, pushed in chunks of any size. Memory: one
// record, within CSVLimits.
//
// Invariant: what is wrong in a record is that record's; the next begins after its line end. Lines end with CRLF, LF
// or CR. A quote that is never closed takes all that follows, and the record says on which line it began.

/// An incremental reader of records.
struct CSVTokenizer: Sendable {
    private enum State { case fieldStart, plain, quoted, quoteInQuoted }

    private let limits: CSVLimits
    private var state = State.fieldStart
    private var content: [UInt8] = []
    private var fieldEnds: [Int] = []
    private var byteCount = 0
    private var line = 1
    private var startLine = 1
    private var follows: UInt8 = 0
    private var passedCount = 0
    private var problem: String?

    init(limits: CSVLimits) {
        self.limits = limits
    }

    /// Takes the next bytes.
    mutating func consume(_ bytes: UnsafeRawBufferPointer, _ body: (CSVRecord) throws(ItemError) -> Void)
        throws(ItemError)
    {
        for byte in bytes {
            if skipsMark(byte) { continue }
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { countLine(byte) }
            let isEnd = take(byte)
            follows = byte
            if isEnd { try endRecord(body) }
        }
    }

    /// Ends the text; the last line needs no end.
    mutating func finish(_ body: (CSVRecord) throws(ItemError) -> Void) throws(ItemError) {
        if state == .quoted { problem = problem ?? "a quote that is opened here is never closed" }
        if byteCount > 0 { try endRecord(body) }
    }

    /// Passes the byte order mark.
    private mutating func skipsMark(_ byte: UInt8) -> Bool {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        guard passedCount < mark.count else { return false }
        guard mark[passedCount] == byte else {
            passedCount = mark.count
            return false
        }
        passedCount += 1
        return true
    }

    private mutating func countLine(_ byte: UInt8) {
        if !(byte == UInt8(ascii: "\n") && follows == UInt8(ascii: "\r")) { line += 1 }
    }

    /// - Returns: Whether the record ends with this byte.
    private mutating func take(_ byte: UInt8) -> Bool {
        byteCount += 1
        switch (state, byte) {
        case (.quoted, UInt8(ascii: "\"")): state = .quoteInQuoted
        case (.quoted, _): keep(byte)
        case (.quoteInQuoted, UInt8(ascii: "\"")):
            keep(byte)
            state = .quoted
        case (_, UInt8(ascii: "\n")), (_, UInt8(ascii: "\r")): return true
        case (_, UInt8(ascii: ",")): endField()
        case (.fieldStart, UInt8(ascii: "\"")): state = .quoted
        case (.quoteInQuoted, _):
            problem = problem ?? "text stands after a closing quote"
            state = .plain
        case (_, UInt8(ascii: "\"")):
            problem = problem ?? "a quote stands inside a field that is not quoted"
            state = .plain
        default:
            keep(byte)
            state = .plain
        }
        return false
    }

    private mutating func keep(_ byte: UInt8) {
        guard byteCount <= limits.maximumRecordByteCount else {
            problem = problem ?? "the line is longer than \(limits.maximumRecordByteCount) bytes"
            content.removeAll()
            fieldEnds.removeAll()
            return
        }
        content.append(byte)
    }

    private mutating func endField() {
        state = .fieldStart
        guard fieldEnds.count < limits.maximumFieldCount else {
            problem = problem ?? "the line has more than \(limits.maximumFieldCount) fields"
            return
        }
        fieldEnds.append(content.count)
    }

    private mutating func endRecord(_ body: (CSVRecord) throws(ItemError) -> Void) throws(ItemError) {
        // Also the line feed of a CRLF, whose carriage return has ended the record.
        let isBlank = byteCount == 1 && (follows == UInt8(ascii: "\n") || follows == UInt8(ascii: "\r"))
        let first = startLine
        defer {
            state = .fieldStart
            content.removeAll(keepingCapacity: content.capacity <= 65_536)
            fieldEnds.removeAll(keepingCapacity: true)
            byteCount = 0
            problem = nil
            startLine = line
        }
        guard !isBlank else { return }
        endField()
        try body(CSVRecord(line: first, fields: fields(ItemPlace(line: first))))
    }

    private func fields(_ place: ItemPlace) -> Result<[String], ItemError> {
        if let problem { return .failure(place.fault(problem)) }
        var fields: [String] = []
        var start = 0
        for end in fieldEnds {
            guard let field = String(validating: content[start..<end], as: UTF8.self) else {
                return .failure(place.fault("the line is not UTF-8"))
            }
            fields.append(field)
            start = end
        }
        return .success(fields)
    }
}
