// Both digests against libcrypto's, over random lengths and cuts, by the kernel and without it.

import Testing

@testable import Files

@Suite struct PairedSHA256Tests {
    /// With the kernel where there is one, and always without.
    static let ways = PairedSHA256.hasKernel ? [true, false] : [false]

    @Test("random cuts give libcrypto's digests", arguments: ways)
    func randomCuts(usesKernel: Bool) {
        var random = SystemRandomNumberGenerator()
        let hash = PairedSHA256(usesKernel: usesKernel)
        for _ in 0..<300 {
            let parts = Int.random(in: 0..<5, using: &random)
            var whole: [UInt8] = []
            for _ in 0..<parts {
                addGap(Self.bytes(Self.count(&random)), to: hash, &whole)
                let part = addPart(Self.bytes(Self.count(&random)), to: hash, &whole, &random)
                #expect(hash.finishPart() == SHA256.digest(of: part))
            }
            addGap(Self.bytes(Self.count(&random)), to: hash, &whole)
            #expect(hash.finish() == SHA256.digest(of: whole))
        }
    }

    @Test("every length around the block's is padded right", arguments: ways)
    func lengths(usesKernel: Bool) {
        let hash = PairedSHA256(usesKernel: usesKernel)
        for count in 0...200 {
            let bytes = Self.bytes(count)
            bytes.withUnsafeBytes { hash.update($0, into: .whole) }
            #expect(hash.finish() == SHA256.digest(of: bytes), "\(count) bytes")
        }
    }

    @Test("a part that is the whole has its digest", arguments: ways)
    func partIsTheWhole(usesKernel: Bool) {
        let hash = PairedSHA256(usesKernel: usesKernel)
        let bytes = Self.bytes(1000)
        hash.beginPart()
        bytes.withUnsafeBytes { hash.update($0, into: .both) }
        #expect(hash.finishPart() == SHA256.digest(of: bytes))
        #expect(hash.finish() == SHA256.digest(of: bytes))
    }

    @Test("a part that is given up leaves nothing behind", arguments: ways)
    func abandonedPart(usesKernel: Bool) {
        let hash = PairedSHA256(usesKernel: usesKernel)
        var random = SystemRandomNumberGenerator()
        var whole: [UInt8] = []
        addGap(Self.bytes(512), to: hash, &whole)
        _ = addPart(Self.bytes(777), to: hash, &whole, &random)
        let part = addPart(Self.bytes(300), to: hash, &whole, &random)
        #expect(hash.finishPart() == SHA256.digest(of: part))
        #expect(hash.finish() == SHA256.digest(of: whole))
    }

    @Test("bytes may belong to one of both only", arguments: ways)
    func apart(usesKernel: Bool) {
        let hash = PairedSHA256(usesKernel: usesKernel)
        let bytes = Self.bytes(1000)
        hash.beginPart()
        for reach in [PairedSHA256.Reach.both, .part, .both, .whole] {
            bytes.withUnsafeBytes { hash.update($0, into: reach) }
        }
        #expect(hash.finishPart() == SHA256.digest(of: bytes + bytes + bytes))
        #expect(hash.finish() == SHA256.digest(of: bytes + bytes + bytes))
    }

    private func addGap(_ bytes: [UInt8], to hash: PairedSHA256, _ whole: inout [UInt8]) {
        whole += bytes
        bytes.withUnsafeBytes { hash.update($0, into: .whole) }
    }

    /// Adds a part in pieces; some begin where a block does and some do not.
    private func addPart(
        _ bytes: [UInt8], to hash: PairedSHA256, _ whole: inout [UInt8], _ random: inout SystemRandomNumberGenerator
    ) -> [UInt8] {
        hash.beginPart()
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + 1 + Self.count(&random))
            bytes[start..<end].withUnsafeBytes { hash.update($0, into: .both) }
            start = end
        }
        whole += bytes
        return bytes
    }

    /// Of any size, or a multiple of a tar's block as in real bundles.
    private static func count(_ random: inout SystemRandomNumberGenerator) -> Int {
        Bool.random(using: &random)
            ? Int.random(in: 0..<3000, using: &random) : 512 * Int.random(in: 1..<8, using: &random)
    }

    private static func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ count) }
    }
}
