// The guess at mistyped names, and how messages quote.

import Testing

@testable import Interchange

@Suite struct NearestTests {
    private let known = ["label", "confidence", "readAt", "text", "studyInstanceUID"]

    @Test(arguments: [
        ("labl", "label"), ("lable", "label"), ("LABEL", "label"), ("confidense", "confidence"), ("readat", "readAt"),
        ("studyUID", nil), ("StudyInstanceUid", "studyInstanceUID"), ("txt", "text"), ("x", nil), ("", nil),
        (String(repeating: "a", count: 1_000_000), nil),
    ])
    func closeNamesAreFound(text: String, expected: String?) {
        #expect(Nearest.name(to: text, among: known) == expected)
    }

    @Test func quotesShowHiddenCharacters() {
        #expect(Quoted.text("a'\u{202E}\n") == "'a\\'\\u{202e}\\u{a}'")
        #expect(Quoted.choice(["a"]) == "'a'")
        #expect(Quoted.choice(["a", "b", "c"]) == "'a', 'b' or 'c'")
    }
}
