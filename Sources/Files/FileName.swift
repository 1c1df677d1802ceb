// One component of a path, as the file system has it: bytes, not text.
//
// Invariant: no slash and no NUL within; never empty. Two names are equal when their bytes are.
// Its text is for people and receipts: bytes that are not UTF-8, and control characters, are shown as %XX.

/// A file's or a folder's name.
package struct FileName: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let bytes: [UInt8]

    /// - Parameter bytes: nil comes back when they are empty or hold a slash or a NUL.
    package init?(bytes: [UInt8]) {
        guard !bytes.isEmpty, !bytes.contains(0), !bytes.contains(UInt8(ascii: "/")) else { return nil }
        self.bytes = bytes
    }

    /// A name written in this program; traps when it is none.
    package init(_ text: String) {
        let bytes = Array(text.utf8)
        precondition(FileName(bytes: bytes) != nil, "not a file name: \(text)")
        self.bytes = bytes
    }

    /// The name as valid, printable UTF-8.
    package var text: String { Self.text(of: bytes) }

    package var description: String { text }

    /// The same name with an ending.
    package func appending(_ suffix: String) -> FileName {
        FileName(unchecked: bytes + Array(suffix.utf8))
    }

    package func hasSuffix(_ suffix: String) -> Bool {
        bytes.count > suffix.utf8.count && bytes.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
    }

    package var startsWithDot: Bool { bytes[0] == UInt8(ascii: ".") }

    /// The name without its last `count` bytes; nil when none are left.
    package func dropping(last count: Int) -> FileName? {
        FileName(bytes: Array(bytes.dropLast(count)))
    }

    package static func < (left: FileName, right: FileName) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }

    /// Calls `body` with the name as a C string.
    package func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
        let characters = bytes.map { CChar(bitPattern: $0) } + [0]
        return characters.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { preconditionFailure("an array with a terminator has storage") }
            return body(base)
        }
    }

    /// Bytes as printable UTF-8: invalid sequences and control characters become %XX.
    package static func text(of bytes: [UInt8]) -> String {
        if bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return String(decoding: bytes, as: UTF8.self) }
        var result = ""
        var decoder = UTF8()
        var position = 0
        while position < bytes.count {
            var rest = bytes[position...].prefix(4).makeIterator()
            decoder = UTF8()
            if case .scalarValue(let scalar) = decoder.decode(&rest), !isControl(scalar) {
                result.unicodeScalars.append(scalar)
                position += UTF8.width(scalar)
            } else {
                result += "%" + SHA256Digest.hex(of: [bytes[position]]).uppercased()
                position += 1
            }
        }
        return result
    }

    /// Control characters, and the marks that turn the direction of text.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }

    private init(unchecked bytes: [UInt8]) {
        self.bytes = bytes
    }
}
