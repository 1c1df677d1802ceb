// A bag's `bagit.txt`.
//
// RFC 8493 section 2.1.1: two lines, UTF-8, no byte order mark.

/// What `bagit.txt` declares.
package struct BagDeclaration: Sendable, Equatable {
    package static let fileName = "bagit.txt"
    /// Bytes that are read of it.
    static let byteLimit = 4096
    private static let versions = ["0.93", "0.94", "0.95", "0.96", "0.97", "1.0"]

    package let version: String
    /// The character set of all other tag files.
    package let encoding: String

    /// Whether RFC 8493 itself rules, and not one of its drafts.
    package var isFinal: Bool { version == "1.0" }

    /// - Returns: The declaration, or what is wrong with it.
    static func parse(_ bytes: [UInt8]) -> (BagDeclaration?, String?) {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return (nil, "it starts with a byte order mark") }
        guard let text = String(validating: bytes, as: UTF8.self) else { return (nil, "it is not UTF-8") }
        let lines = text.split(whereSeparator: \.isNewline)
        guard lines.count == 2, let version = value(of: lines[0], "BagIt-Version"),
            let encoding = value(of: lines[1], "Tag-File-Character-Encoding")
        else { return (nil, "it must have two lines, BagIt-Version and Tag-File-Character-Encoding") }
        guard versions.contains(version) else {
            return (nil, "version '\(NameText.escaped(version))' is none of \(versions.joined(separator: " "))")
        }
        return (BagDeclaration(version: version, encoding: encoding), nil)
    }

    private static func value(of line: Substring, _ label: String) -> String? {
        let parts = line.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, TagText.trimmed(parts[0]) == label else { return nil }
        let value = TagText.trimmed(parts[1])
        return value.isEmpty ? nil : value
    }
}
