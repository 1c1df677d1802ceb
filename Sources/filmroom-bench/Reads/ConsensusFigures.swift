// The figures of one model over a file of reads.

import Foundation

struct ConsensusFigures: Codable {
    let model: String
    let readCount: Int
    let examCount: Int
    let byteCount: Int64
    /// Of the whole program, the median of its runs.
    let seconds: Double
    let limitSeconds: Double
    let readsPerSecond: Double
    let megabytesPerSecond: Double
    /// The program's time to the limit's.
    let ratio: Double
    let peakByteCount: Int64

    var text: String {
        String(
            format:
                "%@: %d reads of %d exams (%.1f MB) in %.2f s: %.0f reads/s, %.0f MB/s, %.1f times the limit, peak %.0f MB",
            model, readCount, examCount, Double(byteCount) / 1e6, seconds, readsPerSecond, megabytesPerSecond, ratio,
            Double(peakByteCount) / 1e6)
    }
}
