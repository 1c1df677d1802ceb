// The time that a drop's bytes take at the very least: read, SHA-256, write, fsync, with one thread a core.
//
// It unpacks nothing, parses nothing and catalogues nothing. Its files are made before the clock starts, and writing
// back begins while it still writes, so that it is as fast as plain code can be.

import CSystem
import Files
import Pipeline

/// The measure that ingest is compared with.
struct PhysicalLimit {
    let plan: LimitPlan
    /// Where it writes: on the file system that the ingest writes to.
    let folder: String

    /// Bytes of a file after which writing back is begun.
    private static let writebackByteCount: Int64 = 8 << 20

    private struct Tools {
        let buffer = CopyBuffer()
        let hash = SHA256()
    }

    /// What one run took: from the first read to the last fsync, and the processors' time for it.
    struct Cost {
        let seconds: Double
        let processorSeconds: Double
    }

    /// Runs it once, and removes what it wrote.
    func run() throws(BenchError) -> Cost {
        let targets = try makeTargets()
        let processorStart = filmroom_processor_nanoseconds()
        let start = SiteClock.monotonicNanoseconds
        try ParallelLoop.run(count: plan.jobs.count, state: { Tools() }) { (tools, number) throws(BenchError) in
            try BenchError.wrap {
                for piece in plan.jobs[number] { try Self.work(piece, into: targets[piece.target], with: tools) }
                _ = tools.hash.finish()
            }
        }
        try ParallelLoop.run(count: targets.count, state: {}) { (_, number) throws(BenchError) in
            try BenchError.wrap { try targets[number].synchronize() }
        }
        let end = SiteClock.monotonicNanoseconds
        let processorEnd = filmroom_processor_nanoseconds()
        try BenchError.wrap { try OpenDirectory.open(Paths.parent(of: folder)).removeTree(FileName(folderName)) }
        return Cost(
            seconds: Double(end - start) / 1e9, processorSeconds: Double(processorEnd - processorStart) / 1e9)
    }

    private var folderName: String { Paths.lastComponent(of: folder) }

    private func makeTargets() throws(BenchError) -> [OpenFile] {
        try BenchError.wrap {
            try Paths.makeDirectories(folder)
            return try (0..<plan.targetCount).map { try OpenFile.create("\(folder)/\($0)") }
        }
    }

    private static func work(_ piece: LimitPiece, into target: OpenFile, with tools: Tools) throws {
        let source = try OpenFile.read(piece.source)
        try tools.buffer.forEachPiece(of: source, at: piece.sourceOffset, count: piece.byteCount) { bytes, offset in
            tools.hash.update(bytes)
            try target.write(bytes, at: piece.targetOffset + Int64(offset))
        }
        let end = piece.targetOffset + Int64(piece.byteCount)
        guard end / writebackByteCount > piece.targetOffset / writebackByteCount else { return }
        let start = piece.targetOffset / writebackByteCount * writebackByteCount
        target.startWriteback(at: start, count: end - start)
    }
}
