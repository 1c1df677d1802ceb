import Configuration
import Testing

/// Files that were damaged at random.
struct MutationTests {
    /// Whatever the damage, the configuration is either read or refused with a place in one of its files.
    @Test(arguments: 0..<8)
    func damageIsReadOrRefused(_ seed: Int) {
        var random = Sequence64(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1)
        for _ in 0..<40 {
            var site = ExampleSite()
            for name in site.texts.keys.sorted() where random.next() % 3 == 0 {
                site.texts[name] = site.texts[name].map { damaged($0, by: &random) }
            }
            for problem in site.problems() { #expect(problem.hasPrefix("pipelines/"), "\(problem)") }
        }
    }

    private func damaged(_ text: String, by random: inout Sequence64) -> String {
        let marks = Array("{}[]:,#&*!|>-?\"'%@`\t\n ~0".utf8)
        var bytes = Array(text.utf8)
        for _ in 0...(random.next() % 4) {
            let place = Int(random.next() % UInt64(bytes.count))
            switch random.next() % 4 {
            case 0: bytes.remove(at: place)
            case 1: bytes.insert(marks[Int(random.next() % UInt64(marks.count))], at: place)
            case 2: bytes[place] = UInt8(truncatingIfNeeded: random.next())
            default: bytes.removeSubrange(place..<min(bytes.count, place + Int(random.next() % 40)))
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Numbers that are the same in every run.
private struct Sequence64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
