// A receipt's file name.
//
// Pure. A name has at most 255 bytes with its `.json.sha256`: a longer drop name is cut, and the digest still tells
// drops apart.

package import Files

package enum ReceiptName {
    /// Bytes that the drop's name may take.
    private static let nameLimit = 200

    /// `<kind>.<drop name>.<first 8 hex of the digest>`.
    package static func stem(kind: String, name: FileName, digest: SHA256Digest) -> String {
        "\(kind).\(shown(name)).\(digest.short)"
    }

    /// `<kind>.<drop name>`, the stem of the receipt and list of an incomplete drop.
    package static func incompleteStem(kind: String, name: FileName) -> String { "\(kind).\(shown(name))" }

    /// The first of `<stem>.json`, `<stem>.2.json` … that is not taken.
    static func free(stem: String, taken: Set<String>) -> String {
        var name = "\(stem).json"
        var number = 2
        while taken.contains(name) {
            name = "\(stem).\(number).json"
            number += 1
        }
        return name
    }

    private static func shown(_ name: FileName) -> String {
        var text = name.text
        while text.utf8.count > nameLimit { text.removeLast() }
        return text
    }
}
