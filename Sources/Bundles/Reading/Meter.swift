// The count of what one bundle cost so far, shared by all levels of nesting.
//
// Counts before bytes are handed on, so that a limit is never passed by more than one block.

final class Meter {
    let limits: BundleLimits
    private(set) var packed: Int64 = 0
    private(set) var inflated: Int64 = 0
    private(set) var delivered: Int64 = 0
    private(set) var entries = 0

    init(limits: BundleLimits) {
        self.limits = limits
    }

    /// All packed bytes, where the source's length is known: seeking reads some of them twice.
    private var packedLimit = Int64.max

    func setPackedLimit(_ byteCount: Int64) {
        packedLimit = byteCount
    }

    /// Counts bytes that were read from the source.
    func addPacked(_ count: Int) {
        packed = min(packed + Int64(count), packedLimit)
    }

    /// Counts bytes that came out of a decompressor.
    ///
    /// - Throws: `.limit` for bytes or ratio.
    func addInflated(_ count: Int) throws(BundleError) {
        inflated += Int64(count)
        try check(inflated)
    }

    /// Counts bytes of an entry, holes included.
    ///
    /// - Throws: `.limit` for bytes or ratio.
    func addDelivered(_ count: Int) throws(BundleError) {
        delivered += Int64(count)
        try check(delivered)
    }

    /// Counts an entry of whatever kind.
    ///
    /// - Throws: `.limit` for entries.
    func addEntry() throws(BundleError) {
        entries += 1
        if entries > limits.entries {
            throw .limit(.entries, text: "more than \(limits.entries) entries")
        }
    }

    /// Refuses a directory of entries that is too long, before it is gone through.
    func expect(entryCount: Int) throws(BundleError) {
        if entries + entryCount > limits.entries {
            throw .limit(.entries, text: "\(entryCount) entries in a directory, at most \(limits.entries) are allowed")
        }
    }

    /// Refuses an entry that says itself that it is too big.
    func expect(byteCount: Int64, path: @autoclosure () -> String) throws(BundleError) {
        if byteCount > limits.bytes - delivered {
            let allowed = "at most \(limits.bytes) bytes are allowed, and \(delivered) came before it"
            throw .limit(.bytes, text: "\(path()) is said to have \(byteCount) bytes; \(allowed)")
        }
    }

    private func check(_ produced: Int64) throws(BundleError) {
        if produced > limits.bytes {
            throw .limit(.bytes, text: "\(produced) bytes unpacked, at most \(limits.bytes) are allowed")
        }
        guard produced > BundleLimits.ratioFloor else { return }
        if produced / Int64(limits.ratio) > max(packed, 1) {
            let text = "\(produced) bytes out of \(packed) packed ones, at most \(limits.ratio) for each are allowed"
            throw .limit(.ratio, text: text)
        }
    }
}
