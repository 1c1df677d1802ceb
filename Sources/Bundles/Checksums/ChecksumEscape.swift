// How `sha256sum` writes names with a backslash, a line feed or a carriage return.
//
// Source: coreutils, "md5sum invocation": such a line starts with a backslash.

enum ChecksumEscape {
    static let mark = UInt8(ascii: "\\")

    static func escaped(_ path: [UInt8]) -> ([UInt8], isEscaped: Bool) {
        guard path.contains(where: { $0 == mark || $0 == 0x0A || $0 == 0x0D }) else { return (path, false) }
        var result: [UInt8] = []
        for byte in path {
            switch byte {
            case mark: result += [mark, mark]
            case 0x0A: result += [mark, UInt8(ascii: "n")]
            case 0x0D: result += [mark, UInt8(ascii: "r")]
            default: result.append(byte)
            }
        }
        return (result, true)
    }

    /// The path; nil for a backslash before anything but `\`, `n` or `r`.
    static func unescaped(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        var result: [UInt8] = []
        var isAfterMark = false
        for byte in text {
            guard isAfterMark || byte == mark else {
                result.append(byte)
                continue
            }
            if isAfterMark {
                switch byte {
                case mark: result.append(mark)
                case UInt8(ascii: "n"): result.append(0x0A)
                case UInt8(ascii: "r"): result.append(0x0D)
                default: return nil
                }
            }
            isAfterMark.toggle()
        }
        return isAfterMark ? nil : result
    }
}
