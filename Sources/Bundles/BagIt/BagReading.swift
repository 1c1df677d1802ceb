// One reading of a bag: gathers what the tag files say, then compares it with the listing.
//
// Owns nothing that outlives it. Each step adds to `problems`; none stops the others.

struct BagReading<Files: BagFiles> {
    private let files: Files
    private let limits: Bag.Limits
    private let present: [[UInt8]: Int64]
    /// Present paths by their text, which Swift compares by canonical equivalence (Unicode UAX 15).
    private let presentByText: [String: [UInt8]]
    private var problems: [BagProblem] = []

    init(files: Files, limits: Bag.Limits) throws(BundleError) {
        self.files = files
        self.limits = limits
        let listed: [BagFile]
        do { listed = try files.list() } catch { throw .source(error) }
        present = Dictionary(listed.map { ($0.path, $0.byteCount) }, uniquingKeysWith: { $1 })
        presentByText = Dictionary(
            listed.map { (String(decoding: $0.path, as: UTF8.self), $0.path) }, uniquingKeysWith: { first, _ in first })
    }

    mutating func read() throws(BundleError) -> Bag {
        let declaration = try readDeclaration()
        let payloadManifests = try readManifests(prefix: "manifest-", declaration)
        if payloadManifests.isEmpty { add(.unfinished, "there is no payload manifest that can be checked") }
        let items = payloadItems(payloadManifests, declaration)
        let extra = items.filter { $0.digests.isEmpty }.map(\.path)
        var missing = items.filter { $0.byteCount == nil }.map(\.path)
        missing += try checkTags(declaration)
        try checkFetch(declaration)
        for path in extra { add(.unfinished, "\(text(path)): not in any manifest") }
        for path in missing { add(.unfinished, "\(text(path)): missing") }
        let info = try readInfo(declaration)
        checkOxum(info)
        return Bag(
            declaration: declaration, payload: items, missing: missing, extra: extra,
            algorithms: payloadManifests.map(\.algorithm), info: info, problems: problems)
    }

    private mutating func readDeclaration() throws(BundleError) -> BagDeclaration? {
        let path = Array(BagDeclaration.fileName.utf8)
        guard present[path] != nil else {
            add(.unfinished, "bagit.txt: missing")
            return nil
        }
        let bytes = try BagHashing.bytes(of: path, limit: 4096, files) ?? []
        let (declaration, reason) = BagDeclaration.parse(bytes)
        if let reason { add(.unfit, "bagit.txt: \(reason)") }
        return declaration
    }

    /// The text of a tag file; nil with a problem when it cannot be read as what the bag declares.
    private mutating func tagText(_ path: [UInt8], _ declaration: BagDeclaration?) throws(BundleError) -> String? {
        guard let bytes = try BagHashing.bytes(of: path, limit: limits.tagFileByteCount, files) else {
            add(.unfit, "\(text(path)): more than \(limits.tagFileByteCount) bytes")
            return nil
        }
        let encoding = declaration?.encoding ?? "UTF-8"
        guard let decoded = TagText.decode(bytes, encoding: encoding) else {
            add(.unfinished, "\(text(path)): not readable as \(NameText.escaped(encoding))")
            return nil
        }
        return decoded
    }

    private mutating func readManifests(
        prefix: String, _ declaration: BagDeclaration?
    ) throws(BundleError) -> [BagManifest] {
        var manifests: [BagManifest] = []
        for path in present.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            let name = String(decoding: path, as: UTF8.self)
            guard name.hasPrefix(prefix), name.hasSuffix(".txt"), !name.contains("/") else { continue }
            guard let algorithm = DigestAlgorithm(named: name.dropFirst(prefix.count).dropLast(4)) else {
                add(.warning, "\(text(path)): an algorithm that is not known here")
                continue
            }
            guard let content = try tagText(path, declaration) else { continue }
            let manifest = BagManifest(
                fileName: name, algorithm: algorithm, text: content, isFinal: declaration?.isFinal ?? true)
            problems += manifest.problems
            manifests.append(manifest)
        }
        return manifests
    }

    private mutating func payloadItems(_ manifests: [BagManifest], _ declaration: BagDeclaration?) -> [BagItem] {
        var digests = collect(manifests)
        for path in digests.keys where !BagPath.isPayload(path) {
            add(.unfit, "\(text(path)): in a payload manifest, and not under data/")
            digests[path] = nil
        }
        for path in present.keys where BagPath.isPayload(path) && digests[path] == nil { digests[path] = [:] }
        let isPartial = digests.filter { !$0.value.isEmpty && $0.value.count < manifests.count }.keys
        for path in isPartial.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            // RFC 8493 section 2.1.3: from 1.0 on every payload file is in every payload manifest.
            let severity: BagProblem.Severity = declaration?.isFinal ?? true ? .unfinished : .warning
            add(severity, "\(text(path)): not in all manifests")
        }
        return digests.keys.sorted { $0.lexicographicallyPrecedes($1) }.map {
            BagItem(path: $0, digests: digests[$0] ?? [:], byteCount: present[$0])
        }
    }

    /// The digests by path; a path that is only there in another Unicode normalisation is that file.
    private mutating func collect(_ manifests: [BagManifest]) -> [[UInt8]: [DigestAlgorithm: [UInt8]]] {
        var digests: [[UInt8]: [DigestAlgorithm: [UInt8]]] = [:]
        for manifest in manifests {
            for listed in manifest.order {
                let path = resolved(listed)
                let digest = manifest.digests[listed]
                if let other = digests[path]?[manifest.algorithm], other != digest {
                    add(.unfit, "\(text(path)): listed twice, with different digests")
                }
                digests[path, default: [:]][manifest.algorithm] = digest
            }
        }
        return digests
    }

    private mutating func resolved(_ path: [UInt8]) -> [UInt8] {
        guard present[path] == nil, let other = presentByText[String(decoding: path, as: UTF8.self)] else { return path }
        add(.warning, "\(text(path)): listed in another Unicode normalisation than the file's")
        return other
    }

    /// Hashes what the tag manifests list.
    ///
    /// - Returns: Paths that are not there.
    private mutating func checkTags(_ declaration: BagDeclaration?) throws(BundleError) -> [[UInt8]] {
        let digests = collect(try readManifests(prefix: "tagmanifest-", declaration))
        var missing: [[UInt8]] = []
        for path in digests.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            let item = BagItem(path: path, digests: digests[path] ?? [:], byteCount: present[path])
            guard item.byteCount != nil else {
                missing.append(path)
                continue
            }
            let computed = try BagHashing.digests(of: path, item.digests.keys, files)
            if let text = item.mismatch(computed) { add(.unfinished, text) }
        }
        return missing
    }

    /// RFC 8493 section 2.2.3. What it lists and is not there is missing already by the manifests.
    private mutating func checkFetch(_ declaration: BagDeclaration?) throws(BundleError) {
        let path = Array("fetch.txt".utf8)
        guard present[path] != nil, let content = try tagText(path, declaration) else { return }
        for line in content.split(whereSeparator: \.isNewline) where !TagText.trimmed(line).isEmpty {
            let parts = line.split(maxSplits: 2, whereSeparator: { $0 == " " || $0 == "\t" })
            guard parts.count == 3 else {
                add(.unfinished, "fetch.txt: a line without URL, length and path")
                continue
            }
            let shown = NameText.escaped(String(parts[2]))
            switch BagPath.parse(parts[2], isFinal: declaration?.isFinal ?? true) {
            case .refused(let reason): add(.unfit, "fetch.txt: '\(shown)': \(reason)")
            case .path(let bytes, _) where !BagPath.isPayload(bytes):
                add(.unfit, "fetch.txt: '\(shown)' is not under data/")
            case .path(let bytes, _) where present[bytes] == nil:
                add(.unfinished, "fetch.txt: '\(shown)' must be sent; nothing is fetched from URLs")
            case .path: break
            }
        }
    }

    /// RFC 8493 section 2.2.2: labels and values; a line that starts with a blank goes on with the one before.
    private mutating func readInfo(_ declaration: BagDeclaration?) throws(BundleError) -> [(label: String, value: String)] {
        let path = Array("bag-info.txt".utf8)
        guard present[path] != nil, let content = try tagText(path, declaration) else { return [] }
        var info: [(label: String, value: String)] = []
        for line in content.split(whereSeparator: \.isNewline) {
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

    /// Payload-Oxum: octets and streams of the payload.
    private mutating func checkOxum(_ info: [(label: String, value: String)]) {
        guard let oxum = info.last(where: { $0.label.lowercased() == "payload-oxum" })?.value else { return }
        let payload = present.filter { BagPath.isPayload($0.key) }
        let found = "\(payload.values.reduce(0, +)).\(payload.count)"
        if found != oxum {
            add(.unfinished, "bag-info.txt: Payload-Oxum is \(NameText.escaped(oxum)), the payload has \(found)")
        }
    }

    private func text(_ path: [UInt8]) -> String { NameText.text(of: path, isZip: false) }

    private mutating func add(_ severity: BagProblem.Severity, _ text: String) {
        problems.append(BagProblem(severity: severity, text: text))
    }
}
