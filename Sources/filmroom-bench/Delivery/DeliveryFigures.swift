// The figures of deliveries, as a document and as a table.

import Foundation

struct DeliveryFigures: Codable {
    let name: String
    /// Of the stored images.
    let byteCount: Int64
    /// Medians: plain code with all cores, and on one.
    let plainSeconds: Double
    let oneThreadSeconds: Double
    let fullSeconds: Double
    /// One thread that reads, hashes and writes all files of the full deliveries, the page and its values among them.
    let sameBytesSeconds: Double
    let halfSeconds: Double
    /// Of all files of the full deliveries.
    let fullByteCount: Int64
    /// Of the program that delivers.
    let peakByteCount: Int64

    static func text(_ figures: [DeliveryFigures]) -> String {
        let head =
            "case              MB  full MB/s  plain MB/s  ratio  one thread MB/s  ratio  same bytes ratio  half MB/s  half ratio  given %  peak MB"
        return ([head] + figures.map(\.line)).joined(separator: "\n")
    }

    private var line: String {
        let megabytes = Double(byteCount) / 1e6
        let numbers = String(
            format: "%6.0f  %9.0f  %10.0f  %5.2f  %15.0f  %5.2f  %16.2f  %9.0f  %10.2f  %7.0f  %7.0f", megabytes,
            megabytes / fullSeconds, megabytes / plainSeconds, fullSeconds / plainSeconds,
            megabytes / oneThreadSeconds, fullSeconds / oneThreadSeconds, fullSeconds / sameBytesSeconds,
            megabytes / halfSeconds,
            halfSeconds / plainSeconds, 100 * Double(fullByteCount) / Double(byteCount), Double(peakByteCount) / 1e6)
        return name + String(repeating: " ", count: max(1, 14 - name.count)) + numbers
    }
}
