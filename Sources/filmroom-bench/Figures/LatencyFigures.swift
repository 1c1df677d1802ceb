// The figures of drops that were made one after the other.

import Foundation

/// Times from a drop to its receipt.
struct LatencyFigures: Codable {
    let dropCount: Int
    let medianMilliseconds: Double
    let percentile95Milliseconds: Double
    /// In the order of the drops.
    let milliseconds: [Double]

    /// - Parameter milliseconds: At least one.
    init(milliseconds: [Double]) {
        dropCount = milliseconds.count
        medianMilliseconds = Statistics.median(milliseconds)
        percentile95Milliseconds = Statistics.percentile(0.95, of: milliseconds)
        self.milliseconds = milliseconds
    }

    var text: String {
        String(
            format: "%d drops, from the attestation to the receipt: median %.1f ms, 95th percentile %.1f ms", dropCount,
            medianMilliseconds, percentile95Milliseconds)
    }
}
