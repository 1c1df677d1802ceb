// Japanese is written by escapes as others write it, and reads back; what the sets lack is said, not replaced.

import Testing

@testable import DICOM

@Suite struct JapaneseTextTests {
    /// The first is of PS3.5 annex H.3.1.
    @Test(arguments: [
        ("Yamada^Tarou=山田^太郎", "Yamada^Tarou=\u{1B}$B;3ED\u{1B}(B^\u{1B}$BB@O:\u{1B}(B", false),
        ("a左\nb", "a\u{1B}$B:8\u{1B}(B\nb", false), ("丂^A", "\u{1B}$(D0!\u{1B}(B^A", true), ("plain", "plain", false),
        ("山丂", "\u{1B}$B;3\u{1B}$(D0!\u{1B}(B", true), ("", "", false),
    ])
    func writesEscapes(text: String, coded: String, usesSupplement: Bool) throws {
        let encoded = try #require(JapaneseText.encode(text))
        #expect(String(decoding: encoded.bytes, as: UTF8.self) == coded)
        #expect(encoded.usesSupplement == usesSupplement)
        let terms = ["", "ISO 2022 IR 87", "ISO 2022 IR 159"]
        let decoded = SpecificCharacterSet(terms: terms).decode(encoded.bytes, isPersonName: true)
        #expect(decoded.text == text && decoded.isFaithful)
    }

    @Test(arguments: ["한국어", "ﾊﾝｶｸ", "🩻", "a\u{1B}$Bb", "a\u{85}b"])
    func saysWhatTheSetsLack(text: String) { #expect(JapaneseText.encode(text) == nil) }

    @Test func aDataSetTakesWhatItsDeclaredSetsHave() throws {
        var dataSet = DataSet()
        try dataSet.set(.specificCharacterSet, ["", "ISO 2022 IR 87"])
        try dataSet.set(.patientName, "YAMADA^TARO=山田^太郎")
        #expect(dataSet.text(.patientName) == "YAMADA^TARO=山田^太郎")
        #expect(throws: DICOMError.self) { try dataSet.set(.patientName, "丂") }
        try dataSet.set(.specificCharacterSet, ["", "ISO 2022 IR 87", "ISO 2022 IR 159"])
        try dataSet.set(.patientName, "丂")
        #expect(dataSet.text(.patientName) == "丂")
        var item = dataSet.emptyItem
        try item.set(.patientName, "丂")
        dataSet.set(.originalAttributesSequence, items: [item])
        #expect(dataSet.items(.originalAttributesSequence).first?.text(.patientName) == "丂")
    }
}
