// Names of files as addresses that lead to them from a page beside them. Pure.

/// Writes addresses.
package enum LinkText {
    /// A path, relative to the page's folder.
    ///
    /// - Parameter components: Names as they are on disk.
    /// - Source: RFC 3986 section 2.3: only unreserved characters stand as they are.
    package static func path(_ components: [String]) -> String {
        components.map(percentEncoded).joined(separator: "/")
    }

    /// One name.
    package static func percentEncoded(_ name: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return name.utf8.reduce(into: "") { text, byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default: text += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
    }
}
