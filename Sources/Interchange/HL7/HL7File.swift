// HL7File owns the splitting of a drop into messages: one, several, or a batch (FHS BHS … BTS FTS).
//
// Segments end with CR; LF and CRLF are taken too, as is the frame of the lower layer protocol. A batch that lacks
// its trailer, or whose trailer counts otherwise, is not whole and is refused as a whole.

/// The messages of a drop, as raw segments.
struct HL7File: Sendable {
    /// A segment's bytes and its number in the file, from 1.
    typealias Line = (number: Int, bytes: [UInt8])

    private(set) var messages: [[Line]] = []
    private var openFiles = 0
    private var openBatches = 0
    private var batchStart = 0
    private var batchCount = 0

    /// - Throws: When the drop is no HL7, is cut, or goes beyond the limits.
    init(_ bytes: [UInt8], limits: HL7Limits) throws(ItemError) {
        guard bytes.count <= limits.maximumByteCount else {
            throw ItemError(text: "the file is longer than \(limits.maximumByteCount) bytes")
        }
        var number = 0
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(where: Self.isEnd) ?? bytes.count
            defer { start = end + 1 }
            let line = bytes[start..<end]
            if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
            number += 1
            let place = ItemPlace(line: number)
            guard line.count <= limits.maximumSegmentByteCount else {
                throw place.fault("the segment is longer than \(limits.maximumSegmentByteCount) bytes")
            }
            guard number <= limits.maximumSegmentCount else {
                throw place.fault("the file has more than \(limits.maximumSegmentCount) segments")
            }
            try take((number, Array(line)), limits)
        }
        try finish()
    }

    /// CR, LF, and the two marks of the lower layer protocol's frame.
    private static func isEnd(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x0D, 0x0A, 0x0B, 0x1C: true
        default: false
        }
    }

    private mutating func take(_ line: Line, _ limits: HL7Limits) throws(ItemError) {
        let place = ItemPlace(line: line.number)
        switch String(decoding: line.bytes.prefix(3), as: UTF8.self) {
        case "MSH": messages.append([line])
        case "FHS": openFiles += 1
        case "BHS":
            openBatches += 1
            batchStart = messages.count
        case "BTS":
            openBatches -= 1
            batchCount += 1
            try checkCount(line, messages.count - batchStart, "messages of the batch", place)
        case "FTS":
            openFiles -= 1
            if batchCount > 0 { try checkCount(line, batchCount, "batches", place) }
        default:
            guard !messages.isEmpty else {
                throw place.fault("this is no HL7 message, which begins with MSH, BHS or FHS")
            }
            guard messages[messages.count - 1].count < limits.maximumMessageSegmentCount else {
                throw place.fault("the message has more than \(limits.maximumMessageSegmentCount) segments")
            }
            messages[messages.count - 1].append(line)
        }
        guard openBatches <= 1, openFiles <= 1 else { throw place.fault("a batch begins inside another") }
        guard openBatches >= 0, openFiles >= 0 else { throw place.fault("a batch ends that did not begin") }
    }

    /// The count that a trailer gives as its first field, where it gives one.
    private func checkCount(_ line: Line, _ count: Int, _ what: String, _ place: ItemPlace) throws(ItemError) {
        let digits = line.bytes.dropFirst(4).prefix(while: FieldSyntax.isDigit)
        guard !digits.isEmpty, let told = Int(String(decoding: digits, as: UTF8.self)), told != count else { return }
        throw place.fault("the trailer counts \(told) \(what), and there are \(count)")
    }

    private func finish() throws(ItemError) {
        guard openBatches == 0, openFiles == 0 else {
            throw ItemError(text: "the file ends without the trailer \(openBatches > 0 ? "BTS" : "FTS") of its batch")
        }
        guard !messages.isEmpty else { throw ItemError(text: "the file holds no HL7 message, which begins with MSH") }
    }
}
