// PaperLimits owns every bound that a document meets while it is printed. Each is named and has a default.

/// Bounds for the work on one document.
package struct PaperLimits: Equatable, Sendable {
    /// Address space of the process that prints, in bytes (RLIMIT_AS).
    package var memoryByteCount: UInt64 = 2 << 30
    /// Processor time of one document, in seconds (RLIMIT_CPU).
    package var processorSeconds: UInt64 = 300
    /// Time between two pieces of a file, in seconds.
    package var answerSeconds: Double = 600
    /// Bytes of a document as it is handed over.
    package var documentByteCount: UInt64 = 128 << 20
    /// Bytes of a piece of the file.
    package var pieceByteCount = 64 << 10

    package init() {}

    package static let standard = PaperLimits()
}
