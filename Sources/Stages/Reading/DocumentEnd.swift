// Whether a document that cannot be read may be the beginning of one that can: its sender is still at it.
//
// Pure. Said of documents that nobody attested and that are unreadable as a whole; what is plainly wrong is not waited for.

internal import Interchange

enum DocumentEnd {
    /// - Parameter bytes: All that is there.
    static func mayBeMissing(_ bytes: [UInt8]) -> Bool {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        guard let first = bytes[start...].first(where: { !isSpace($0) }) else { return true }
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") { return isOpen(bytes[start...]) }
        guard case .csv = DiagnosisForm.detect(name: "", prefix: Array(bytes.prefix(prefixByteCount))) else {
            return true
        }
        return bytes.last.map { !isSpace($0) } ?? true
    }

    private static let prefixByteCount = 4096

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    /// Whether JSON text ends inside a string, an object or an array.
    private static func isOpen(_ bytes: ArraySlice<UInt8>) -> Bool {
        var depth = 0
        var isInString = false
        var isEscaped = false
        for byte in bytes {
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
        }
        return isInString || depth > 0
    }
}
