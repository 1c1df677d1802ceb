// A path in a manifest or in fetch.txt.
//
// RFC 8493 section 5.2 ("out-of-scope paths") and 2.1.3 (percent-encoding). A path that would leave the
// bag on any system is out of scope on all, so that a verdict does not depend on where it is made.

struct BagPath {
    /// What the path is, or why it is refused.
    enum Outcome {
        case path([UInt8], hadDot: Bool)
        case refused(String)
    }

    /// - Parameters:
    ///   - isFinal: Version 1.0, in which `%25` stands for a percent sign; drafts encode line ends only.
    static func parse(_ text: some Sequence<UInt8>, isFinal: Bool) -> Outcome {
        var path = decoded(Array(text), isFinal: isFinal)[...]
        let hadDot = path.starts(with: "./".utf8)
        while path.starts(with: "./".utf8) { path.removeFirst(2) }
        let bytes = Array(path)
        let limits = BundleLimits(bytes: 0, entries: 0, ratio: 1, depth: 0, pathLength: 4096)
        if let refusal = EntryName.refusal(of: bytes, limits: limits) { return .refused(refusal.reason) }
        if bytes.first == UInt8(ascii: "~") { return .refused("the path starts with '~'") }
        return .path(bytes, hadDot: hadDot)
    }

    private static func decoded(_ bytes: [UInt8], isFinal: Bool) -> [UInt8] {
        guard bytes.contains(UInt8(ascii: "%")) else { return bytes }
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), let value = Hex.bytes(of: bytes[(index + 1)...].prefix(2))?.first,
                value == 0x0A || value == 0x0D || (isFinal && value == 0x25)
            {
                result.append(value)
                index += 3
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }

    /// Whether it lies in the payload folder.
    static func isPayload(_ path: [UInt8]) -> Bool { path.starts(with: "data/".utf8) }
}
