// The bytes of a tar as they pass, with the last ones kept, so that its end mark can be judged.
//
// Copies 1 KiB a chunk and nothing else. libarchive takes any end of a tar as good; this does not.

final class TailWatch: ByteFeed {
    static let blockByteCount = 512
    /// POSIX pax, "at the end of the archive": two blocks of zeros.
    static let endMarkByteCount = 1024
    /// Zeros allowed behind the mark of a plain tar: padding up to the record that every tar makes unless told otherwise (20
    /// blocks). More may be a file that was given its full size before it was written.
    static let recordByteCount: Int64 = 10_240
    /// Zeros allowed in a compressed tar, whose compression has an end of its own: the largest record (2048 blocks).
    static let largestRecordByteCount: Int64 = 1 << 20

    private let source: any ByteFeed
    private let paddingByteCount: Int64
    private var chunk = UnsafeRawBufferPointer(start: nil, count: 0)
    private var before: [UInt8] = []
    private(set) var offset: Int64 = 0

    init(source: any ByteFeed, isCompressed: Bool) {
        self.source = source
        paddingByteCount = isCompressed ? Self.largestRecordByteCount : Self.recordByteCount
    }

    func nextChunk() throws(BundleError) -> UnsafeRawBufferPointer? {
        keepTail()
        chunk = UnsafeRawBufferPointer(start: nil, count: 0)
        guard let next = try source.nextChunk() else { return nil }
        chunk = next
        offset += Int64(next.count)
        return next
    }

    private func keepTail() {
        if chunk.count >= Self.endMarkByteCount {
            before.removeAll(keepingCapacity: true)
            before.append(contentsOf: chunk[(chunk.count - Self.endMarkByteCount)...])
        } else {
            before.append(contentsOf: chunk)
            before.removeFirst(max(0, before.count - Self.endMarkByteCount))
        }
    }

    /// Judges what stands from an offset to the end: the mark and zeros, and not too many.
    ///
    /// Reads the source to its end, or until it is clear that the tar has not ended.
    ///
    /// - Parameter markOffset: Where the last entry ended.
    func end(markOffset: Int64) throws(BundleError) -> ProperEnd {
        var count = try passKept(from: markOffset)
        while let kept = count, kept <= Int64(Self.endMarkByteCount) + paddingByteCount {
            guard let next = try nextChunk() else { break }
            count = ZeroScan.isZero(next) ? kept + Int64(next.count) : nil
        }
        guard let count else { return .notEnded("bytes follow the tar's end mark") }
        if count < Int64(Self.endMarkByteCount) {
            return .notEnded("the tar has no end mark (two blocks of zeros): \(count) bytes follow its last entry")
        }
        if count > Int64(Self.endMarkByteCount) + paddingByteCount {
            return .notEnded("more than \(paddingByteCount) zeros follow the tar's end mark: not yet written?")
        }
        if offset % Int64(Self.blockByteCount) != 0 {
            return .notEnded("\(offset) bytes are no whole number of blocks: the padding is cut off")
        }
        return .ended
    }

    /// The number of zeros from an offset to the last chunk's end; nil when not all are zeros.
    private func passKept(from markOffset: Int64) throws(BundleError) -> Int64? {
        let chunkStart = offset - Int64(chunk.count)
        let inChunk = max(0, Int(clamping: markOffset - chunkStart))
        guard inChunk <= chunk.count else { return 0 }
        guard ZeroScan.isZero(UnsafeRawBufferPointer(rebasing: chunk[inChunk...])) else { return nil }
        let kept = max(0, chunkStart - markOffset)
        guard kept <= Int64(before.count), before.suffix(Int(kept)).allSatisfy({ $0 == 0 }) else { return nil }
        return kept + Int64(chunk.count - inChunk)
    }
}
