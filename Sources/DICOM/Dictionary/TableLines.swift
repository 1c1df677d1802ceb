// TableLines owns the way from a generated text table to its lines: where each starts and ends, and its columns.
// Tables are constants of this module, so that a malformed one is our own mistake and traps in its first test.

/// The lines of a text table whose columns are separated by "|".
struct TableLines: Sendable {
    private let table: StaticString
    /// Byte ranges of the lines.
    let ranges: [Range<Int>]

    init(_ table: StaticString) {
        self.table = table
        ranges = table.withUTF8Buffer { bytes in
            var ranges: [Range<Int>] = []
            var start = 0
            for index in bytes.indices where bytes[index] == UInt8(ascii: "\n") {
                ranges.append(start..<index)
                start = index + 1
            }
            ranges.append(start..<bytes.count)
            return ranges
        }
    }

    /// The columns of one line.
    func columns(_ line: Int) -> [String] {
        table.withUTF8Buffer { bytes in
            bytes[ranges[line]].split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false).map {
                String(decoding: $0, as: UTF8.self)
            }
        }
    }

    /// The bytes of one line, for as long as `body` runs.
    func withBytes<Result>(_ line: Int, _ body: (Slice<UnsafeBufferPointer<UInt8>>) -> Result) -> Result {
        table.withUTF8Buffer { body($0[ranges[line]]) }
    }
}
