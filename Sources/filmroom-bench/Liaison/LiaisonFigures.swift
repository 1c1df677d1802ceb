// The figures of linking, as a document and as text.

import Foundation

struct LiaisonFigures: Codable {
    let entryCount: Int
    let examCount: Int
    let linkCount: Int
    /// Medians, each of a whole program.
    let seconds: Double
    let pythonSeconds: Double
    let peakByteCount: Int64
    var catalog: [LiaisonGrowth] = []

    var text: String {
        let lists = String(
            format: "%d entries and %d exams, %d links: %.2f s, peak %.0f MB; Python with SQLite %.2f s, ratio %.1f",
            entryCount, examCount, linkCount, seconds, Double(peakByteCount) / 1e6, pythonSeconds,
            pythonSeconds / seconds)
        return ([lists] + catalog.map(\.text)).joined(separator: "\n")
    }
}

/// What one more drop of a chart costs in a catalogue of some size.
struct LiaisonGrowth: Codable {
    let entryCount: Int
    let examCount: Int
    /// Committing the drop and linking it, each a transaction on the disk; the median.
    let dropMilliseconds: Double
    /// Noting and linking all that came since the size before, for each entry.
    let microsecondsAnEntry: Double

    var text: String {
        String(
            format: "one more drop of a chart at %d entries and %d exams: %.2f ms; on the way there %.0f µs an entry",
            entryCount, examCount, dropMilliseconds, microsecondsAnEntry)
    }
}
