// One reading of a bag: what the manifests say, compared with the listing.
//
// Owns nothing that outlives it. Every problem is gathered; none stops the reading.

struct BagReading<Files: BagFiles> {
    private typealias Digests = [[UInt8]: [DigestAlgorithm: [UInt8]]]

    private var tags: BagTagFiles<Files>
    /// Present paths by their text, which Swift compares by canonical equivalence (Unicode UAX 15).
    private let presentByText: [String: [UInt8]]

    private let isPassedOver: ([UInt8]) -> Bool
    /// Whether a manifest lists what is passed over, so that totals over all files do not hold.
    private var hasPassedOver = false

    private var present: [[UInt8]: Int64] { tags.present }

    init(
        files: Files, limits: Bag.Limits, isPassedOver: @escaping ([UInt8]) -> Bool
    ) throws(BundleError) {
        self.isPassedOver = isPassedOver
        tags = try BagTagFiles(files: files, limits: limits)
        presentByText = Dictionary(
            tags.present.keys.map { (String(decoding: $0, as: UTF8.self), $0) }, uniquingKeysWith: { first, _ in first }
        )
    }

    mutating func read() throws(BundleError) -> Bag {
        let manifests = try tags.manifests(prefix: "manifest-")
        if manifests.isEmpty { tags.add(.unfinished, "there is no payload manifest that can be checked") }
        let items = payloadItems(manifests)
        let extra = items.filter { $0.digests.isEmpty }.map(\.path)
        let missing = items.filter { $0.byteCount == nil }.map(\.path) + (try checkTags())
        try checkFetch()
        for path in extra { tags.add(.unfinished, "\(text(path)): not in any manifest") }
        for path in missing { tags.add(.unfinished, "\(text(path)): missing") }
        let info = try tags.info()
        checkOxum(info)
        return Bag(
            declaration: tags.declaration, payload: items, missing: missing, extra: extra,
            algorithms: manifests.map(\.algorithm), info: info, problems: tags.problems)
    }

    private mutating func payloadItems(_ manifests: [BagManifest]) -> [BagItem] {
        var digests = collect(manifests)
        for path in Self.sorted(digests.keys) where !BagPath.isPayload(path) {
            tags.add(.unfit, "\(text(path)): in a payload manifest, and not under data/")
            digests[path] = nil
        }
        for path in present.keys where BagPath.isPayload(path) && digests[path] == nil { digests[path] = [:] }
        let paths = Self.sorted(digests.keys)
        for path in paths {
            let count = digests[path]?.count ?? 0
            guard count > 0, count < manifests.count else { continue }
            // RFC 8493 section 2.1.3: from 1.0 on every payload file is in every payload manifest.
            tags.add(tags.isFinal ? .unfinished : .warning, "\(text(path)): not in all manifests")
        }
        return paths.map { BagItem(path: $0, digests: digests[$0] ?? [:], byteCount: present[$0]) }
    }

    /// The digests by path; a path that is only there in another Unicode normalisation is that file.
    private mutating func collect(_ manifests: [BagManifest]) -> Digests {
        var digests: Digests = [:]
        for manifest in manifests {
            for listed in manifest.order {
                if isPassedOver(listed) {
                    hasPassedOver = true
                    continue
                }
                let path = resolved(listed)
                let digest = manifest.digests[listed]
                if let other = digests[path]?[manifest.algorithm], other != digest {
                    tags.add(.unfit, "\(text(path)): listed twice, with different digests")
                }
                digests[path, default: [:]][manifest.algorithm] = digest
            }
        }
        return digests
    }

    private mutating func resolved(_ path: [UInt8]) -> [UInt8] {
        guard present[path] == nil, let other = presentByText[String(decoding: path, as: UTF8.self)] else {
            return path
        }
        tags.add(.warning, "\(text(path)): listed in another Unicode normalisation than the file's")
        return other
    }

    /// Hashes what the tag manifests list.
    ///
    /// - Returns: Paths that are not there.
    private mutating func checkTags() throws(BundleError) -> [[UInt8]] {
        let digests = collect(try tags.manifests(prefix: "tagmanifest-"))
        var missing: [[UInt8]] = []
        for path in Self.sorted(digests.keys) {
            let item = BagItem(path: path, digests: digests[path] ?? [:], byteCount: present[path])
            guard item.byteCount != nil else {
                missing.append(path)
                continue
            }
            let computed = try BagHashing.digests(of: path, item.digests.keys, tags.files)
            if let text = item.mismatch(computed) { tags.add(.unfinished, text, tagFile: path) }
        }
        return missing
    }

    /// What `fetch.txt` lists and is not there is missing already by the manifests; nothing is fetched.
    ///
    /// - Source: RFC 8493 section 2.2.3.
    private mutating func checkFetch() throws(BundleError) {
        guard let content = try tags.text(of: Array("fetch.txt".utf8)) else { return }
        for line in TagText.lines(of: content) where !TagText.trimmed(line).isEmpty {
            let parts = line.split(maxSplits: 2, whereSeparator: { $0 == " " || $0 == "\t" })
            if parts.count == 3 {
                checkFetched(parts[2])
            } else {
                tags.add(
                    .unfinished, "fetch.txt: a line without URL, length and path", tagFile: Array("fetch.txt".utf8))
            }
        }
    }

    private mutating func checkFetched(_ path: Substring) {
        let shown = NameText.escaped(String(path))
        switch BagPath.parse(path.utf8, isFinal: tags.isFinal) {
        case .refused(let reason): tags.add(.unfit, "fetch.txt: '\(shown)': \(reason)")
        case .path(let bytes, _) where !BagPath.isPayload(bytes):
            tags.add(.unfit, "fetch.txt: '\(shown)' is not under data/")
        case .path(let bytes, _) where present[bytes] == nil:
            tags.add(.unfinished, "fetch.txt: '\(shown)' must be sent; nothing is fetched from URLs")
        case .path: break
        }
    }

    /// Payload-Oxum: octets and streams of the payload.
    private mutating func checkOxum(_ info: [(label: String, value: String)]) {
        guard !hasPassedOver, let oxum = info.last(where: { $0.label.lowercased() == "payload-oxum" })?.value else {
            return
        }
        let payload = present.filter { BagPath.isPayload($0.key) }
        let found = "\(payload.values.reduce(0, +)).\(payload.count)"
        if found != oxum {
            tags.add(.unfinished, "bag-info.txt: Payload-Oxum is \(NameText.escaped(oxum)), the payload has \(found)")
        }
    }

    private func text(_ path: [UInt8]) -> String { NameText.text(of: path, isZip: false) }

    private static func sorted(_ paths: some Sequence<[UInt8]>) -> [[UInt8]] {
        paths.sorted { $0.lexicographicallyPrecedes($1) }
    }
}
