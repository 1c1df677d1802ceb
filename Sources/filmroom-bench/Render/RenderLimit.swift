// What a picture costs at least: its file read, and 8 bits of each pixel deflated at level 1. One thread a core, as for
// the rendering.

internal import CZlib
import Files

/// The limit of one case.
struct RenderLimit: Sendable {
    let paths: [String]
    let frameCount: Int
    /// 8 bits of each pixel of each image.
    let greys: [[UInt8]]

    init(kind: RenderCase, paths: [String]) {
        self.paths = paths
        frameCount = kind.frameCount
        greys = (0..<kind.imageCount).map { number in
            PhantomImage(kind: kind, number: number).pixels.map { UInt8(truncatingIfNeeded: $0 >> 4) }
        }
    }

    func seconds() throws(BenchError) -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        let limit = self
        try ParallelLoop.run(count: frameCount, state: { [UInt8]() }) { (room, number) throws(BenchError) in
            try limit.work(on: number % limit.paths.count, room: &room)
        }
        return RenderRun.seconds(clock.now - start)
    }

    private func work(on image: Int, room: inout [UInt8]) throws(BenchError) {
        let path = paths[image]
        try BenchError.wrap { _ = try OpenFile.read(path).readAll(limit: 1 << 30) }
        let grey = greys[image]
        var count = compressBound(UInt(grey.count))
        if room.count < Int(count) { room = [UInt8](repeating: 0, count: Int(count)) }
        guard compress2(&room, &count, grey, UInt(grey.count), Z_BEST_SPEED) == Z_OK else {
            throw .failed("zlib cannot deflate")
        }
    }
}
