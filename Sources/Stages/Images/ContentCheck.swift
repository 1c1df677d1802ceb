// Whether a file of a folder drop is as its attestation says, by whatever algorithms that names.
//
// Takes the file's bytes as they are read. SHA-256 is computed by the reading itself and only compared here.

internal import Bundles
internal import Files

/// The check of one file.
final class ContentCheck {
    private let expected: SHA256Digest?
    private let item: BagItem?
    private let digesters: DigesterSet?

    init(_ path: [UInt8], _ expectation: DropExpectation) {
        switch expectation {
        case .folder(let list):
            expected = list[path]
            item = nil
            digesters = nil
        case .bag(let payload, _, _):
            expected = nil
            item = payload[path]
            digesters = item.map { DigesterSet($0.digests.keys.filter { $0 != .sha256 }) }
        case .file, .settled, .released:
            expected = nil
            item = nil
            digesters = nil
        }
    }

    func update(_ bytes: UnsafeRawBufferPointer) { digesters?.update(bytes) }

    /// - Parameter sha256: The file's digest.
    /// - Returns: What is wrong; nil when nothing is.
    func mismatch(_ sha256: SHA256Digest) -> String? {
        if let expected, expected != sha256 { return "its digest is not the attested one" }
        guard let item, let digesters else { return nil }
        var computed = digesters.finish()
        computed[.sha256] = sha256.bytes
        return item.mismatch(computed)
    }
}
