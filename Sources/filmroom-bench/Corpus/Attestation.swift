// The `<name>.sha256` of a drop, as a sender writes it: lines as `sha256sum` prints them, and the line that ends it.

import Files

/// An attestation in the making.
struct Attestation {
    private var text = ""
    private var count = 0

    static let ending = ".sha256"

    mutating func add(path: String, digest: SHA256Digest) {
        text += "\(digest.hex)  \(path)\n"
        count += 1
    }

    /// Writes it in one step; a drop of the corpus is complete when its attestation is there.
    func write(to path: String) throws(BenchError) {
        let bytes = Array((text + "# end \(count)\n").utf8)
        try BenchError.wrap { try Paths.write(bytes, to: path) }
    }
}
