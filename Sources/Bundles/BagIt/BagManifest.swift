// A manifest's lines: digests and paths of one algorithm.
//
// RFC 8493 section 2.1.3. The `*` that md5sum puts before a path is taken with a warning.

struct BagManifest {
    let algorithm: DigestAlgorithm
    private(set) var digests: [[UInt8]: [UInt8]] = [:]
    private(set) var order: [[UInt8]] = []
    private(set) var problems: [BagProblem] = []
    private let fileName: String
    private let isFinal: Bool

    init(fileName: String, algorithm: DigestAlgorithm, text: String, isFinal: Bool) {
        self.fileName = fileName
        self.algorithm = algorithm
        self.isFinal = isFinal
        var number = 0
        for line in TagText.lines(of: text) {
            number += 1
            if !line.utf8.allSatisfy(Self.isBlank) { parse(line.utf8, number) }
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    private mutating func parse(_ line: Substring.UTF8View, _ number: Int) {
        let parts = line.split(maxSplits: 1, whereSeparator: Self.isBlank)
        guard parts.count == 2, let digest = Hex.bytes(of: parts[0]), digest.count == algorithm.byteCount
        else { return add(.unfinished, number, "not a \(algorithm) digest and a path") }
        var path = parts[1].drop(while: Self.isBlank)
        if path.first == UInt8(ascii: "*") {
            path = path.dropFirst()
            add(.warning, number, "a '*' before the path, as md5sum writes it")
        }
        switch BagPath.parse(path, isFinal: isFinal) {
        case .refused(let reason): add(.unfit, number, "'\(NameText.escaped(String(Substring(path))))': \(reason)")
        case .path(let bytes, let hadDot):
            if hadDot { add(.warning, number, "the path starts with './'") }
            add(bytes, digest, number)
        }
    }

    private mutating func add(_ path: [UInt8], _ digest: [UInt8], _ number: Int) {
        guard let other = digests.updateValue(digest, forKey: path) else { return order.append(path) }
        let text = NameText.text(of: path, isZip: false)
        if other == digest {
            add(.warning, number, "'\(text)' is listed twice")
        } else {
            add(.unfit, number, "'\(text)' is listed twice, with different digests")
        }
    }

    private mutating func add(_ severity: BagProblem.Severity, _ number: Int, _ text: String) {
        problems.append(
            BagProblem(severity: severity, text: "\(fileName):\(number): \(text)", tagFile: Array(fileName.utf8)))
    }
}
