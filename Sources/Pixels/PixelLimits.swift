// PixelLimits owns every bound that hostile pixel data meets: memory, time, sizes. Each is named, has a default, and
// ends in "unrenderable".

/// Bounds for the work on one instance.
package struct PixelLimits: Equatable, Sendable {
    /// Address space of a codec process, in bytes (RLIMIT_AS).
    package var memoryByteCount: UInt64 = 3 << 30
    /// Processor time of one request, in seconds (RLIMIT_CPU).
    package var processorSeconds: UInt64 = 60
    /// Time from a request to its answer, in seconds.
    package var answerSeconds: Double = 120
    /// The same for a derived file, whose frames are all decoded; each has `processorSeconds`.
    package var derivationSeconds: Double = 3_600
    /// Requests that one process serves before a fresh one takes its place.
    package var requestsOfProcess = 2_000
    /// Bytes of one decoded frame.
    package var frameByteCount: UInt64 = 512 << 20
    /// Bytes of a file's attributes, all values together, pixel data left out.
    package var headerByteCount: UInt64 = 256 << 20

    package init() {}

    func answerSeconds(for task: PixelRequest.Task) -> Double {
        if case .derive = task { derivationSeconds } else { answerSeconds }
    }

    package static let standard = PixelLimits()
}
