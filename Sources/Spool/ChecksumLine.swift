// One line as `sha256sum` prints it.
//
// Pure. A name with a backslash, a newline or a carriage return is escaped and its line starts with a backslash.

package import Files

package enum ChecksumLine {
    /// - Parameter path: The bytes of the path as it is to be printed.
    /// - Returns: The line with its newline.
    /// - Source: GNU coreutils manual, "md5sum invocation".
    package static func text(digest: SHA256Digest, path: [UInt8]) -> [UInt8] {
        var escaped: [UInt8] = []
        for byte in path {
            switch byte {
            case UInt8(ascii: "\\"): escaped += Array("\\\\".utf8)
            case UInt8(ascii: "\n"): escaped += Array("\\n".utf8)
            case UInt8(ascii: "\r"): escaped += Array("\\r".utf8)
            default: escaped.append(byte)
            }
        }
        let mark = escaped.count == path.count ? "" : "\\"
        return Array("\(mark)\(digest.hex)  ".utf8) + escaped + [UInt8(ascii: "\n")]
    }
}
