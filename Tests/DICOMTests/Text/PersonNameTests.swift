// Person names in three groups of five components.

import DICOM
import Testing

struct PersonNameTests {
    @Test func splitsGroupsAndComponents() {
        let name = PersonName("Yamada^Tarou=山田^太郎=やまだ^たろう")
        #expect(name.alphabetic.family == "Yamada")
        #expect(name.ideographic.given == "太郎")
        #expect(name.phonetic.family == "やまだ")
        #expect(name.description == "Yamada^Tarou=山田^太郎=やまだ^たろう")
    }

    @Test func keepsPrefixAndSuffix() {
        let name = PersonName("Adams^John Robert Quincy^^Rev.^B.A. M.Div.")
        #expect(name.alphabetic.prefix == "Rev.")
        #expect(name.alphabetic.suffix == "B.A. M.Div.")
        #expect(name.alphabetic.middle.isEmpty)
    }

    @Test func leavesOutEmptyEnds() {
        #expect(PersonName("Doe^^^=").description == "Doe")
        #expect(PersonName("").description == "")
        #expect(PersonName("=王^小").description == "=王^小")
    }

    @Test func splitsBeforeACombiningMark() {
        #expect(PersonName("A^\u{301}B").alphabetic.given == "\u{301}B")
    }
}
