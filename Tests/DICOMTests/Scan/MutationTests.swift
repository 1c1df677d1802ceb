// Files with random damage never crash or hang a reader, and read the same whole and in chunks. The damage is the same
// in every run.

import DICOM
import Testing

struct MutationTests {
    /// A generator with a fixed sequence (Knuth's MMIX constants).
    private struct Sequence: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }

    @Test func damageNeverCrashes() throws {
        var random = Sequence(state: 20_261_124)
        for file in try DataFile.collection() {
            let bytes = try file.bytes()
            guard (200..<12_000).contains(bytes.count) else { continue }
            for _ in 0..<20 {
                let damaged = damage(bytes, &random)
                let whole = Scanning.outcome(damaged)
                let chunked = Scanning.outcome(damaged, chunkByteCount: Int.random(in: 1...300, using: &random))
                #expect(whole.error == chunked.error, "\(file.name)")
                if whole.error == nil { #expect(whole.file == chunked.file, "\(file.name)") }
                expectSameFromTree(damaged, whole, file)
            }
        }
    }

    private func expectSameFromTree(_ bytes: [UInt8], _ outcome: ScanOutcome, _ file: DataFile) {
        do {
            let tree = try Scanning.read(bytes)
            #expect(outcome.error == nil, "\(file.name): only the tree is taken")
            let same = tree.dataSet.text(.sopInstanceUID) == outcome.file.text(.sopInstanceUID)
            #expect(same, "\(file.name)")
        } catch let error as DICOMError {
            #expect(error == outcome.error, "\(file.name)")
        } catch {
            Issue.record("\(file.name): \(error)")
        }
    }

    /// Some bytes changed, and at times some left out, added, or the end cut off.
    private func damage(_ bytes: [UInt8], _ random: inout Sequence) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...8, using: &random) {
            bytes[Int.random(in: 132..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        switch Int.random(in: 0..<6, using: &random) {
        case 0: bytes.removeSubrange(150..<150 + Int.random(in: 1...40, using: &random))
        case 1:
            bytes.insert(contentsOf: [0xFF, 0xFF, 0xFF, 0xFF], at: Int.random(in: 132..<bytes.count, using: &random))
        case 2: bytes.removeLast(Int.random(in: 1...60, using: &random))
        default: break
        }
        return bytes
    }
}
