// HL7Message owns the segments of one message and what its MSH says of it.
//
// Pure.

/// A message.
struct HL7Message: Sendable {
    let header: HL7Segment
    /// All, the header first.
    let segments: [HL7Segment]

    /// Of the raw segments of a message, each with its number in the file.
    ///
    /// - Parameters:
    ///   - number: Which message of the file it is, from 1; nil when it is the only one.
    /// - Throws: When the MSH declares no separators, an unknown character set, or a segment is no text in it.
    init(_ lines: [(number: Int, bytes: [UInt8])], number: Int?, limits: HL7Limits) throws(ItemError) {
        let prefix = number.map { "message \($0), " } ?? ""
        let place = ItemPlace(line: lines[0].number, field: "\(prefix)MSH[1]")
        let escapes = try Self.escapes(lines[0].bytes, place)
        var segments: [HL7Segment] = []
        var counts: [String: Int] = [:]
        for line in lines {
            let ordinalPlace = ItemPlace(line: line.number, field: number.map { "message \($0)" })
            guard let text = escapes.characterSet.decode(line.bytes) else {
                throw ordinalPlace.fault("the segment holds bytes that mean nothing in the character set of MSH-18")
            }
            let name = String(text.unicodeScalars.prefix(3))
            guard Self.isSegment(text, escapes.delimiters) else {
                throw ordinalPlace.fault("\(Quoted.text(text)) begins with no segment's name and separator")
            }
            counts[name, default: 0] += 1
            let segment = HL7Segment(
                text, ordinal: counts[name] ?? 1, line: line.number, prefix: prefix, escapes: escapes)
            guard segment.fieldCount <= limits.maximumFieldCount else {
                throw segment.place().fault("the segment has more than \(limits.maximumFieldCount) fields")
            }
            segments.append(segment)
        }
        header = segments[0]
        self.segments = segments
    }

    /// Three of A-Z and 0-9, then a separator or the end.
    private static func isSegment(_ text: String, _ delimiters: HL7Delimiters) -> Bool {
        let scalars = Array(text.unicodeScalars.prefix(4))
        guard scalars.count >= 3, scalars[0...2].allSatisfy({ "A"..."Z" ~= $0 || "0"..."9" ~= $0 }) else {
            return false
        }
        return scalars.count == 3 || scalars[3] == delimiters.field
    }

    /// The separators and the character set, read from the raw header: both are ASCII.
    private static func escapes(_ header: [UInt8], _ place: ItemPlace) throws(ItemError) -> HL7Escapes {
        let text = String(decoding: header, as: UTF8.self)
        guard let delimiters = HL7Delimiters(header: text) else {
            throw place.fault("MSH declares no encoding characters, such as MSH|^~\\&|")
        }
        let fields = HL7Delimiters.split(text, delimiters.field)
        let names = fields.count > 17 ? HL7Delimiters.split(fields[17], delimiters.repetition) : [""]
        switch HL7CharacterSet.named(names.map(FieldSyntax.trimmed)) {
        case .success(let set): return HL7Escapes(delimiters: delimiters, characterSet: set)
        case .failure(let unknown):
            throw ItemPlace(line: place.line, field: (place.field ?? "") + "-18").fault(
                "the character set \(Quoted.text(unknown.name)) is not supported; send UNICODE UTF-8")
        }
    }
}
