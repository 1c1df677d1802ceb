// The bytes of a bag's files, whole or hashed.

enum BagHashing {
    /// The digests of a file by several algorithms, in one pass.
    static func digests(
        of path: [UInt8], _ algorithms: some Sequence<DigestAlgorithm>, _ files: some BagFiles
    ) throws(BundleError) -> [DigestAlgorithm: [UInt8]] {
        let digesters = DigesterSet(algorithms)
        do {
            try files.read(path) { digesters.update($0) }
        } catch {
            throw .source(error)
        }
        return digesters.finish()
    }

    /// A file's bytes; nil when there are more than the limit.
    static func bytes(of path: [UInt8], limit: Int, _ files: some BagFiles) throws(BundleError) -> [UInt8]? {
        var bytes: [UInt8] = []
        var isOver = false
        do {
            try files.read(path) { chunk in
                isOver = isOver || bytes.count + chunk.count > limit
                if !isOver { bytes.append(contentsOf: chunk) }
            }
        } catch {
            throw .source(error)
        }
        return isOver ? nil : bytes
    }
}
