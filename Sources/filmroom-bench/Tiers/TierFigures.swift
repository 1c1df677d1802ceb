// The figures of tiering, as a document and as a table.

import Foundation

struct TierFigures: Codable {
    let name: String
    /// Of the packs.
    let byteCount: Int64
    /// Medians.
    let pipeSeconds: Double
    let demoteSeconds: Double
    let recallSeconds: Double
    /// What the pipe wrote, and what the slow tier holds.
    let pipeByteCount: Int64
    let storedByteCount: Int64
    /// Of the program that demotes or recalls.
    let peakByteCount: Int64

    static func text(_ figures: [TierFigures]) -> String {
        let head = "case              MB  demote MB/s  pipe MB/s  ratio  recall MB/s  packed %  pipe %  peak MB"
        return ([head] + figures.map(\.line)).joined(separator: "\n")
    }

    private var line: String {
        let megabytes = Double(byteCount) / 1e6
        let numbers = String(
            format: "%6.0f  %11.0f  %9.0f  %5.2f  %11.0f  %8.1f  %6.1f  %7.0f", megabytes, megabytes / demoteSeconds,
            megabytes / pipeSeconds, demoteSeconds / pipeSeconds, megabytes / recallSeconds,
            100 * Double(storedByteCount) / Double(byteCount), 100 * Double(pipeByteCount) / Double(byteCount),
            Double(peakByteCount) / 1e6)
        return name + String(repeating: " ", count: max(1, 14 - name.count)) + numbers
    }
}
