// One line of output for one event: a word, a tab, a path.
//
// Invariant: a line holds exactly one newline, at its end, whatever bytes the path holds. Never reads or writes a file.

/// A line that tells of one event.
struct EventLine {
    private(set) var bytes: [UInt8]

    /// - Parameters:
    ///   - word: What happened: `watching close_write moved_to create_dir overflow`.
    ///   - path: The raw bytes of the path; nil for `overflow`, which has none.
    init(_ word: StaticString, path: [UInt8]?) {
        bytes = Array("\(word)".utf8)
        if let path {
            bytes.append(UInt8(ascii: "\t"))
            bytes += path.flatMap(Self.escaped)
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    private static func escaped(_ byte: UInt8) -> [UInt8] {
        switch byte {
        case UInt8(ascii: "\n"): Array("\\n".utf8)
        case UInt8(ascii: "\\"): Array("\\\\".utf8)
        default: [byte]
        }
    }
}
