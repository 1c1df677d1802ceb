// LineTable owns the lines of a text: at which line and column a byte is.
//
// Invariant: looking a place up costs as much as the bytes since `advance` was last called, so that a long text with
// many faults is walked once.

/// Places of bytes in a text.
struct LineTable: Sendable {
    private let bytes: [UInt8]
    private var offset = 0
    private var line = 1
    private var column = 1

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Takes a byte as the one from which later places are counted. Never goes back.
    mutating func advance(to end: Int) {
        while offset < min(end, bytes.count) {
            if bytes[offset] == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if bytes[offset] & 0xC0 != 0x80 {
                column += 1
            }
            offset += 1
        }
    }

    /// The line and the column, both from 1, of a byte not before the last advance. Columns count scalars.
    func place(_ offset: Int, field: String? = nil) -> ItemPlace {
        var table = self
        table.advance(to: offset)
        return ItemPlace(line: table.line, column: table.column, field: field)
    }
}
