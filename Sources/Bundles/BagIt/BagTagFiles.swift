// A bag's tag files, read and decoded, and what was found while reading.
//
// Each step adds to `problems`; none stops the others.

struct BagTagFiles<Files: BagFiles> {
    let files: Files
    let limits: Bag.Limits
    /// Every file's length by path.
    let present: [[UInt8]: Int64]
    private(set) var declaration: BagDeclaration?
    private(set) var problems: [BagProblem] = []

    /// Version 1.0, unless the bag says otherwise.
    var isFinal: Bool { declaration?.isFinal ?? true }

    init(files: Files, limits: Bag.Limits) throws(BundleError) {
        self.files = files
        self.limits = limits
        do {
            present = Dictionary(try files.list().map { ($0.path, $0.byteCount) }, uniquingKeysWith: { $1 })
        } catch {
            throw .source(error)
        }
        try readDeclaration()
    }

    mutating func add(_ severity: BagProblem.Severity, _ text: String, tagFile: [UInt8]? = nil) {
        problems.append(BagProblem(severity: severity, text: text, tagFile: tagFile))
    }

    private mutating func readDeclaration() throws(BundleError) {
        let path = Array(BagDeclaration.fileName.utf8)
        guard present[path] != nil else { return add(.unfinished, "bagit.txt: missing", tagFile: path) }
        let bytes = try BagHashing.bytes(of: path, limit: BagDeclaration.byteLimit, files) ?? []
        let (declaration, reason) = BagDeclaration.parse(bytes)
        self.declaration = declaration
        if let reason { add(bytes.isEmpty ? .unfinished : .unfit, "bagit.txt: \(reason)", tagFile: path) }
    }

    /// A tag file's text; nil when it is not there, or (with a problem) not in the bag's encoding.
    mutating func text(of path: [UInt8]) throws(BundleError) -> String? {
        guard present[path] != nil else { return nil }
        let name = NameText.text(of: path, isZip: false)
        guard let bytes = try BagHashing.bytes(of: path, limit: limits.tagFileByteCount, files) else {
            add(.unfit, "\(name): more than \(limits.tagFileByteCount) bytes")
            return nil
        }
        let encoding = declaration?.encoding ?? "UTF-8"
        guard let text = TagText.decode(bytes, encoding: encoding) else {
            add(.unfinished, "\(name): not readable as \(NameText.escaped(encoding))", tagFile: path)
            return nil
        }
        return text
    }

    /// The manifests whose names start with a prefix, as far as their algorithms are known.
    mutating func manifests(prefix: String) throws(BundleError) -> [BagManifest] {
        var manifests: [BagManifest] = []
        for path in present.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            let name = String(decoding: path, as: UTF8.self)
            guard name.hasPrefix(prefix), name.hasSuffix(".txt"), !name.contains("/") else { continue }
            guard let algorithm = DigestAlgorithm(named: name.dropFirst(prefix.count).dropLast(4)) else {
                add(.warning, "\(NameText.escaped(name)): an algorithm that is not known here")
                continue
            }
            guard let text = try text(of: path) else { continue }
            let manifest = BagManifest(fileName: name, algorithm: algorithm, text: text, isFinal: isFinal)
            problems += manifest.problems
            manifests.append(manifest)
        }
        return manifests
    }

    /// The labels and values of `bag-info.txt`; a line that starts with a blank goes on with the one before.
    ///
    /// - Source: RFC 8493 section 2.2.2.
    mutating func info() throws(BundleError) -> [(label: String, value: String)] {
        var info: [(label: String, value: String)] = []
        guard let text = try text(of: Array("bag-info.txt".utf8)) else { return info }
        for line in TagText.lines(of: text) where !line.isEmpty {
            if line.first == " " || line.first == "\t", let last = info.popLast() {
                info.append((last.label, last.value + " " + TagText.trimmed(line)))
                continue
            }
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            info.append((TagText.trimmed(parts[0]), TagText.trimmed(parts[1])))
        }
        return info
    }
}
