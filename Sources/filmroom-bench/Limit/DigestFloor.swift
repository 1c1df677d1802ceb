// The time that one SHA-256 over a dropped file takes, read from front to back on one thread, and nothing else.
//
// A digest of one file cannot be shared among cores, so that no intake that checks an attestation is faster, however
// many cores it has; the physical limit, which hashes the parts of a file apart, may be.

import Pipeline

enum DigestFloor {
    /// Runs it once.
    ///
    /// - Returns: Seconds; nil for a folder, whose files have digests of their own.
    static func seconds(_ drop: CorpusDrop) throws(BenchError) -> Double? {
        guard drop.form != .folder else { return nil }
        let start = SiteClock.monotonicNanoseconds
        _ = try CopyBuffer().digest(of: drop.path)
        return Double(SiteClock.monotonicNanoseconds - start) / 1e9
    }
}
