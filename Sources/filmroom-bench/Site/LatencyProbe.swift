// Drops one small attested image after the other into a site and waits for each receipt.
//
// The clock starts when the attestation gets its name, which is when a drop is whole, and ends when the receipt has
// its own. Before each drop it waits until the workers are idle: what comes while they still work is found sooner.

import Files
import Glibc
import Pipeline

/// Measures from drop to receipt.
struct LatencyProbe {
    let site: BenchSite

    private static let lookEveryMicroseconds: UInt32 = 200
    /// The pause before a drop: the shortest, and by how much it varies, so that no drop keeps step with a scan.
    private static let pauseMicroseconds: UInt32 = 300_000
    private static let pauseVariesMicroseconds: UInt32 = 200_000
    private static let waitAtMostNanoseconds: UInt64 = 60_000_000_000

    /// One drop.
    ///
    /// - Parameter number: Another one for each drop.
    /// - Returns: Milliseconds.
    /// - Throws: `.wrongResult` when there is no receipt after a minute.
    func milliseconds(_ number: Int) throws(BenchError) -> Double {
        let name = "image-\(number).dcm"
        let image = try ImageMaker(kind: .small).file(number)
        var attestation = Attestation()
        attestation.add(path: name, digest: SHA256.digest(of: image))
        let hidden = "\(site.incoming)/.\(name)"
        try BenchError.wrap { try Paths.write(image, to: "\(site.incoming)/\(name)") }
        try attestation.write(to: hidden)
        pause(number)
        let before = try site.receiptCount()
        let start = SiteClock.monotonicNanoseconds
        guard rename(hidden, "\(site.incoming)/\(name)\(Attestation.ending)") == 0 else {
            throw .system(FilesError(operation: "rename", path: hidden, code: errno))
        }
        while try site.receiptCount() == before {
            guard SiteClock.monotonicNanoseconds - start < Self.waitAtMostNanoseconds else {
                throw .wrongResult("\(name) has no receipt after a minute")
            }
            usleep(Self.lookEveryMicroseconds)
        }
        return Double(SiteClock.monotonicNanoseconds - start) / 1e6
    }

    private func pause(_ number: Int) {
        var noise = PixelNoise(seed: UInt64(number))
        let share = UInt32(noise.pixels(4)[0])
        usleep(Self.pauseMicroseconds + Self.pauseVariesMicroseconds * share / 255)
    }
}
