// SegmentedTable owns the expansion of a segmented palette: runs given one by one, lines from the last value to the
// next, and repetitions of earlier segments. Its output is bounded, whatever repeats what.

internal import Pixels

/// A segmented lookup table.
///
/// - Source: DICOM PS3.3 section C.7.9.2.
struct SegmentedTable: Sendable {
    private enum Opcode {
        static let discrete: UInt16 = 0
        static let linear: UInt16 = 1
        static let indirect: UInt16 = 2
    }

    let words: [UInt16]
    let bits: Int

    /// - Throws: `.unrenderable` for what is no segment, and for more than `limit` entries.
    func expanded(limit: Int) throws(PixelsError) -> [UInt16] {
        var table: [UInt16] = []
        try expand(from: 0, segmentCount: .max, into: &table, limit: limit, isNested: false)
        return table
    }

    private func expand(
        from start: Int, segmentCount: Int, into table: inout [UInt16], limit: Int, isNested: Bool
    ) throws(PixelsError) {
        var position = start
        var done = 0
        while position + 1 < words.count, done < segmentCount {
            let opcode = words[position]
            let length = Int(words[position + 1])
            position += 2
            switch opcode {
            case Opcode.discrete:
                guard position + length <= words.count else { throw .unrenderable(Self.short) }
                table += words[position..<position + length]
                position += length
            case Opcode.linear:
                guard position < words.count, let last = table.last else { throw .unrenderable(Self.short) }
                appendLine(from: last, to: words[position], length: length, into: &table)
                position += 1
            case Opcode.indirect where !isNested:
                let wordCount = bits == 16 ? 2 : 4
                guard position + wordCount <= words.count else { throw .unrenderable(Self.short) }
                let offset = target(at: position)
                try expand(from: offset, segmentCount: length, into: &table, limit: limit, isNested: true)
                position += wordCount
            default: throw .unrenderable("a segmented palette has a segment of type \(opcode)")
            }
            guard table.count <= limit else { throw .unrenderable("a segmented palette has too many entries") }
            done += 1
        }
    }

    private static let short = "a segmented palette ends inside a segment"

    /// The offset of an indirect segment's target, in entries: least significant word first.
    private func target(at position: Int) -> Int {
        if bits == 16 { return Int(words[position]) | Int(words[position + 1]) << 16 }
        return (0..<4).reduce(0) { $0 | Int(words[position + $1]) << (8 * $1) }
    }

    private func appendLine(from first: UInt16, to last: UInt16, length: Int, into table: inout [UInt16]) {
        guard length > 0 else { return }
        let step = (Double(last) - Double(first)) / Double(length)
        for index in 1...length {
            table.append(UInt16((Double(first) + step * Double(index)).rounded(.toNearestOrEven)))
        }
    }
}
