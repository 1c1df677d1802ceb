// Which names are refused, and why.

import Testing

@testable import Bundles

struct EntryNameTests {
    private static let limits = BundleLimits(bytes: 1, entries: 1, ratio: 1, depth: 0, pathLength: 1000)

    private func refusal(_ name: String) -> EntryRefusal? {
        EntryName.refusal(of: Array(name.utf8), limits: Self.limits)
    }

    @Test(arguments: ["..", "../a", "a/..", "a/../b", "a\\..\\b", "..\\a", "a/..\\b"])
    func climbing(_ name: String) { #expect(refusal(name) == .traversal) }

    @Test(arguments: ["/a", "\\a", "\\\\host\\share", "C:\\a", "c:/a", "C:"])
    func absolute(_ name: String) { #expect(refusal(name) == .absolutePath) }

    @Test(arguments: ["a", "a/b", "...", "..a", "a..", "a/...", ".", "./a", "a:b", "%2e%2e/a", "C:a", "~", "a/"])
    func good(_ name: String) { #expect(refusal(name) == nil) }

    @Test func lengths() {
        #expect(refusal("") == .nameEmpty)
        #expect(refusal("a\0b") == .nameNUL)
        #expect(refusal(String(repeating: "a", count: 1000)) == nil)
        #expect(refusal(String(repeating: "a", count: 1001)) == .pathTooLong(byteCount: 1001, limit: 1000))
        #expect(refusal(String(repeating: "a/", count: 256)) == .pathTooDeep(components: 257, limit: 256))
    }

    @Test func repeatsAreSeen() {
        var names = SeenNames()
        let seen: [(String, String?)] = [("a", nil), ("./a/", nil), ("a", "inner.zip"), ("inner.zip/a", nil)]
        let repeats = seen.map { names.isRepeated(Array($0.utf8), container: $1) }
        #expect(repeats == [false, true, false, true])
    }
}
