// Reads the lines of a checksum list.
//
// Takes what `sha256sum -c` takes of its default form: text and binary marks, escaped names, CRLF line
// ends; and comments. Every other line is a problem with its number; reading goes on behind it.

struct ChecksumParser {
    /// Problems that are kept: a file that is no list at all has one in every line.
    private static let problemLimit = 100
    private static let hexByteCount = 64

    private let limits: ChecksumList.Limits
    private(set) var entries: [ChecksumEntry] = []
    private(set) var problems: [ChecksumList.Problem] = []
    private(set) var declaredCount: Int?
    private var digests: [[UInt8]: [UInt8]] = [:]
    private var line = 0

    init(limits: ChecksumList.Limits) {
        self.limits = limits
    }

    mutating func parse(_ bytes: [UInt8]) {
        if bytes.count > limits.byteCount {
            add("the list has \(bytes.count) bytes, at most \(limits.byteCount) are read")
            return
        }
        for text in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            line += 1
            parse(line: text.last == 0x0D ? text.dropLast() : text)
            if entries.count > limits.entries {
                add("more than \(limits.entries) lines")
                return
            }
        }
        check()
    }

    private mutating func parse(line text: ArraySlice<UInt8>) {
        if text.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return }
        if text.first == UInt8(ascii: "#") { return parse(comment: text) }
        if declaredCount != nil { add("a line behind the end line") }
        declaredCount = nil
        guard let (digest, path) = split(text) else { return add("not a line of sha256sum") }
        add(path: path, digest: digest)
    }

    private mutating func parse(comment: ArraySlice<UInt8>) {
        let words = comment.dropFirst().split(separator: 0x20)
        guard words.count == 2, words[0].elementsEqual("end".utf8) else { return }
        guard let count = Int(String(decoding: words[1], as: UTF8.self)), count >= 0 else {
            return add("the end line's number is none")
        }
        declaredCount = count
    }

    /// Digest and path of a line; nil when it has another form.
    private func split(_ text: ArraySlice<UInt8>) -> (digest: [UInt8], path: [UInt8])? {
        let isEscaped = text.first == ChecksumEscape.mark
        let rest = isEscaped ? text.dropFirst() : text
        let name = rest.dropFirst(Self.hexByteCount)
        guard rest.count > Self.hexByteCount + 2, name.first == 0x20,
            let kind = name.dropFirst().first, kind == 0x20 || kind == UInt8(ascii: "*"),
            let digest = Hex.bytes(of: rest.prefix(Self.hexByteCount))
        else { return nil }
        let path = name.dropFirst(2)
        if !isEscaped { return (digest, Array(path)) }
        return ChecksumEscape.unescaped(path).map { (digest, $0) }
    }

    private mutating func add(path: [UInt8], digest: [UInt8]) {
        var path = path[...]
        while path.starts(with: "./".utf8) { path.removeFirst(2) }
        let name = Array(path)
        let limits = BundleLimits(bytes: 0, entries: 0, ratio: 1, depth: 0, pathLength: limits.pathLength)
        if let refusal = EntryName.refusal(of: name, limits: limits) {
            return add("'\(NameText.text(of: name, isZip: false))': \(refusal.reason)")
        }
        if let other = digests.updateValue(digest, forKey: name) {
            let text = NameText.text(of: name, isZip: false)
            return add("'\(text)' is listed twice" + (other == digest ? "" : ", with different digests"))
        }
        entries.append(ChecksumEntry(path: name, digest: digest))
    }

    private mutating func check() {
        guard let declaredCount, declaredCount != entries.count, problems.isEmpty else { return }
        add("the end line says \(declaredCount) files, \(entries.count) are listed")
    }

    private mutating func add(_ text: String) {
        if problems.count < Self.problemLimit { problems.append(ChecksumList.Problem(line: line, text: text)) }
    }
}
