import Testing

@testable import Access

struct DescriptionPatternTests {
    @Test(arguments: [
        ("*", "", true), ("", "", true), ("?", "", false), ("", "a", false), ("*", "anything", true),
        ("L MLO", "l mlo", true), ("MLO", "L MLO", false), ("*MLO", "L MLO", true), ("*MLO*", "L MLO tomo", true),
        ("? MLO", "R MLO", true), ("? MLO", "RL MLO", false), ("a*b*c", "aXbYbZc", true), ("a*b*c", "aXbYbZ", false),
        ("**x", "x", true), ("x**", "x", true), ("a?c", "abc", true), ("Ä*", "ähnlich", true), ("胸部*", "胸部正面", true),
    ])
    func aPatternCoversTheWholeDescription(pattern: String, description: String, isMatch: Bool) {
        #expect(DescriptionPattern(pattern).matches(description) == isMatch)
    }

    /// A pattern that makes a matcher by trial and error go on for ages.
    @Test func manyStarsCostLittle() {
        let pattern = DescriptionPattern(String(repeating: "*a", count: 200) + "*b")
        #expect(!pattern.matches(String(repeating: "a", count: 2000)))
    }
}
