// A bag: what its manifests say should be there, held against what is there.
//
// RFC 8493, and the drafts 0.93 to 0.97. Tag files are read and hashed here; the payload is not: the caller
// hashes it while copying, by `algorithms`, and asks each item. Nothing is ever fetched from `fetch.txt`.

/// A bag.
package struct Bag: Sendable {
    /// How much of a bag's tag files is read.
    package struct Limits: Sendable {
        /// Bytes of one tag file that is parsed.
        package let tagFileByteCount: Int

        package init(tagFileByteCount: Int = 256 << 20) {
            self.tagFileByteCount = tagFileByteCount
        }
    }

    /// nil when `bagit.txt` is missing or wrong.
    package let declaration: BagDeclaration?
    /// The payload files that are there or should be, sorted by path.
    package let payload: [BagItem]
    /// Paths that manifests list and that are not there.
    package let missing: [[UInt8]]
    /// Payload files that no manifest lists.
    package let extra: [[UInt8]]
    /// All algorithms of the payload manifests.
    package let algorithms: [DigestAlgorithm]
    /// The labels and values of `bag-info.txt`, in their order; labels may repeat.
    package let info: [(label: String, value: String)]
    package let problems: [BagProblem]

    /// Tag files that are there and not as they should be, each once, sorted.
    package var damagedTagFiles: [[UInt8]] {
        Set(problems.filter { $0.severity == .unfinished }.compactMap(\.tagFile)).subtracting(missing)
            .sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// Whether all files are there and all tag files are as declared.
    ///
    /// The bag is valid when in addition no payload item has a `mismatch`.
    package var isComplete: Bool { problems.allSatisfy { $0.severity == .warning } }

    /// Whether waiting for more bytes can never make it valid.
    package var isUnfit: Bool { problems.contains { $0.severity == .unfit } }

    /// Whether a folder with these files claims to be a bag.
    package static func isBag(_ paths: some Sequence<[UInt8]>) -> Bool {
        paths.contains { $0.elementsEqual(BagDeclaration.fileName.utf8) }
    }

    /// Reads a bag's tag files.
    ///
    /// - Parameter isPassedOver: Whether a path is never looked at: a manifest's line of it asks for nothing.
    /// - Throws: `.source` when the caller's files cannot be read. What is wrong with the bag is in `problems`.
    package static func read(
        files: some BagFiles, limits: Limits = Limits(), isPassedOver: @escaping ([UInt8]) -> Bool = { _ in false }
    ) throws(BundleError) -> Bag {
        var reading = try BagReading(files: files, limits: limits, isPassedOver: isPassedOver)
        return try reading.read()
    }

    /// Reads a bag and hashes its payload: the whole verdict in one call.
    ///
    /// - Returns: Every problem that is more than a warning; none when the bag is valid.
    package static func validate(
        files: some BagFiles, limits: Limits = Limits()
    ) throws(BundleError) -> [BagProblem] {
        let bag = try read(files: files, limits: limits)
        var problems = bag.problems.filter { $0.severity > .warning }
        for item in bag.payload where item.byteCount != nil && !item.digests.isEmpty {
            let digests = try BagHashing.digests(of: item.path, item.digests.keys, files)
            if let text = item.mismatch(digests) { problems.append(BagProblem(severity: .unfinished, text: text)) }
        }
        return problems
    }
}
