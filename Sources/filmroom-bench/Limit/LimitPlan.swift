// What the physical limit does: which bytes of which file go where.
//
// Invariant: every byte of the drop's images is read, hashed and written once, into as many files as the ingest makes
// packs. Of an archive that is compressed the images themselves are taken: that is what has to be stored in the end.

import Files

/// A part of a file that one thread reads, hashes and writes.
struct LimitPiece: Sendable {
    let source: String
    let sourceOffset: Int64
    let byteCount: Int
    /// The number of the file that it goes to.
    let target: Int
    let targetOffset: Int64
}

/// The pieces of one drop.
struct LimitPlan: Sendable {
    let pieces: [LimitPiece]
    let targetCount: Int

    /// Bytes of a piece of a tar.
    private static let pieceByteCount: Int64 = 4 << 20

    /// - Parameter drop: One that is complete.
    init(_ drop: CorpusDrop) throws(BenchError) {
        targetCount = drop.seriesCount
        pieces = drop.form == .tar ? try Self.pieces(ofTar: drop) : Self.pieces(ofFiles: drop)
    }

    private static func pieces(ofTar drop: CorpusDrop) throws(BenchError) -> [LimitPiece] {
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
                        target: target, targetOffset: offset - start))
            }
        }
        return pieces
    }

    private static func pieces(ofFiles drop: CorpusDrop) -> [LimitPiece] {
        var ends = [Int64](repeating: 0, count: drop.seriesCount)
        return drop.files.map { file in
            defer { ends[file.series] += file.byteCount }
            return LimitPiece(
                source: file.path, sourceOffset: 0, byteCount: Int(file.byteCount), target: file.series,
                targetOffset: ends[file.series])
        }
    }
}
