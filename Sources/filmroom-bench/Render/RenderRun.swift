// The rendering of a case's frames to PNG by as many codec processes as there are cores.

import Pixels

/// One run of the product.
struct RenderRun: Sendable {
    let pixels: PixelProcesses
    let paths: [String]
    let frameCount: Int

    func seconds() throws(BenchError) -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        let run = self
        try ParallelLoop.run(count: frameCount, state: {}) { (_, number) throws(BenchError) in
            try run.render(number)
        }
        return Self.seconds(clock.now - start)
    }

    private func render(_ number: Int) throws(BenchError) {
        do throws(PixelsError) {
            let answer = try pixels.render(PixelSource(path: paths[number % paths.count]))
            guard answer.bytes.count == answer.raster?.byteCount else { throw .unrenderable("no picture came") }
        } catch {
            throw BenchError(error)
        }
    }

    static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }
}
