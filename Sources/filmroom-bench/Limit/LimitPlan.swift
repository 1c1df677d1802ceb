// What the physical limit does: which bytes of which file go where, and what one thread does of it in one go.
//
// Invariant: every byte of the drops' images is read, hashed and written once, into as many files as the ingest makes
// packs. Of an archive that is compressed the images themselves are taken: that is what has to be stored in the end.

import Files

/// A part of a file that is read, hashed and written.
struct LimitPiece: Sendable {
    let source: String
    let sourceOffset: Int64
    let byteCount: Int
    /// The number of the file that it goes to.
    let target: Int
    let targetOffset: Int64
}

/// The work of the limit on one drop, or on the same drop of several facilities at once.
struct LimitPlan: Sendable {
    /// Each is done by one thread, its pieces in their order, with one digest over them.
    let jobs: [[LimitPiece]]
    let targetCount: Int

    /// Bytes of a piece of a tar.
    private static let pieceByteCount: Int64 = 4 << 20

    /// - Parameters:
    ///   - drop: One that is complete.
    ///   - copies: How many facilities drop it.
    ///   - isSplit: Whether the parts of one tar are shared among threads; else a tar is hashed as its attestation
    ///     wants it, from its first byte to its last.
    init(_ drop: CorpusDrop, copies: Int, isSplit: Bool) throws(BenchError) {
        targetCount = drop.seriesCount * copies
        var jobs: [[LimitPiece]] = []
        for copy in 0..<copies {
            let first = copy * drop.seriesCount
            if drop.form == .tar {
                let pieces = try Self.pieces(ofTar: drop, firstTarget: first)
                jobs += isSplit ? pieces.map { [$0] } : [pieces]
            } else {
                jobs += Self.pieces(ofFiles: drop, firstTarget: first).map { [$0] }
            }
        }
        self.jobs = jobs
    }

    private static func pieces(ofTar drop: CorpusDrop, firstTarget: Int) throws(BenchError) -> [LimitPiece] {
        let byteCount = try BenchError.wrap { try OpenFile.read(drop.path).status().byteCount }
        let targetByteCount = (byteCount + Int64(drop.seriesCount) - 1) / Int64(drop.seriesCount)
        var pieces: [LimitPiece] = []
        for target in 0..<drop.seriesCount {
            let start = Int64(target) * targetByteCount
            let end = min(byteCount, start + targetByteCount)
            for offset in stride(from: start, to: end, by: Int64.Stride(pieceByteCount)) {
                pieces.append(
                    LimitPiece(
                        source: drop.path, sourceOffset: offset, byteCount: Int(min(pieceByteCount, end - offset)),
                        target: firstTarget + target, targetOffset: offset - start))
            }
        }
        return pieces
    }

    private static func pieces(ofFiles drop: CorpusDrop, firstTarget: Int) -> [LimitPiece] {
        var ends = [Int64](repeating: 0, count: drop.seriesCount)
        return drop.files.map { file in
            defer { ends[file.series] += file.byteCount }
            return LimitPiece(
                source: file.path, sourceOffset: 0, byteCount: Int(file.byteCount),
                target: firstTarget + file.series, targetOffset: ends[file.series])
        }
    }
}
