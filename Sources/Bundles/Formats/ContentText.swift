// What a file that is no archive seems to be, in words for its sender.
//
// A guess from its first bytes, for a message only. Nothing is decided by it.

/// Words for a file's content.
package enum ContentText {
    private static let marks: [(mark: [UInt8], text: String)] = [
        (Array("%PDF-".utf8), "a PDF"), ([0x89, 0x50, 0x4E, 0x47], "a PNG picture"),
        ([0xFF, 0xD8, 0xFF], "a JPEG picture"),
        (Array("GIF8".utf8), "a GIF picture"), (Array("Rar!".utf8), "a RAR archive"),
        ([0x50, 0x4B], "a part of a zip"),
        ([0x4D, 0x5A], "a Windows program"), (Array("<".utf8), "HTML or XML text"),
    ]

    /// - Parameter prefix: The first bytes, or all of a shorter file.
    package static func describe(prefix: UnsafeRawBufferPointer) -> String {
        if prefix.isEmpty { return "an empty file" }
        if prefix.allSatisfy({ $0 == 0 }) { return "a file of zeros" }
        if let known = marks.first(where: { prefix.starts(with: $0.mark) }) { return known.text }
        return isText(prefix) ? "text" : "a file of no form that is known here"
    }

    /// Whether all bytes can be text: no control characters but those that layout needs.
    package static func isText(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F || (0x09...0x0D).contains($0) }
    }
}
