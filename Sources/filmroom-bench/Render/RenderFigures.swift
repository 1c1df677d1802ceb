// The figures of rendering, as a document and as a table.

import Foundation

/// The figures of one case.
struct RenderFigures: Codable {
    let name: String
    let frameCount: Int
    /// Of the DICOM files.
    let byteCount: Int64
    /// Medians.
    let seconds: Double
    let limitSeconds: Double
    /// Of a codec process.
    let peakByteCount: Int64
    /// Of dcmj2pnm for one frame, its start included, and of `filmroom-pixels render`; nil when it is not installed.
    let toolSeconds: Double?
    let ownSeconds: Double?

    var ratio: Double { seconds / limitSeconds }

    static func text(_ figures: [RenderFigures]) -> String {
        let head = "case          frames  frames/s      MB/s  limit MB/s  ratio  peak MB  times faster than dcmj2pnm"
        return ([head] + figures.map(\.line)).joined(separator: "\n")
    }

    private var line: String {
        let megabytes = Double(byteCount) / 1e6
        let faster = toolSeconds.flatMap { tool in ownSeconds.map { String(format: "%.1f", tool / $0) } } ?? "-"
        let numbers = String(
            format: "%6d  %8.1f  %8.1f  %10.1f  %5.2f  %7.0f  ", frameCount, Double(frameCount) / seconds,
            megabytes / seconds, megabytes / limitSeconds, ratio, Double(peakByteCount) / 1e6)
        return name + String(repeating: " ", count: max(1, 14 - name.count)) + numbers + faster
    }
}
