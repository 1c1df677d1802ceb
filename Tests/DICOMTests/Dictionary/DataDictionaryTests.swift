// The dictionary: all of PS3.6, by tag and keyword, with repeating groups.

import DICOM
import Testing

struct DataDictionaryTests {
    @Test func hasEveryElement() {
        #expect(DataDictionary.count > 5000)
    }

    @Test func findsByTag() throws {
        let entry = try #require(DataDictionary.entry(for: .patientName))
        #expect(entry.keyword == "PatientName")
        #expect(entry.name == "Patient's Name")
        #expect(entry.vrs == [.pn])
        #expect(entry.multiplicity == "1")
        #expect(!entry.isRetired)
    }

    @Test func findsByKeyword() {
        #expect(DataDictionary.tag(keyword: "StudyInstanceUID") == .studyInstanceUID)
        #expect(DataDictionary.tag(keyword: "OverlayData") == Tag(0x6000_3000))
        #expect(DataDictionary.tag(keyword: "NoSuchThing") == nil)
    }

    @Test func keepsTheChoiceOfVRs() {
        #expect(DataDictionary.entry(for: .pixelData)?.vrs == [.ob, .ow])
        #expect(DataDictionary.entry(for: .smallestImagePixelValue)?.vrs == [.us, .ss])
        #expect(DataDictionary.entry(for: .item)?.vrs == [])
    }

    @Test func findsRepeatingGroups() {
        #expect(DataDictionary.entry(for: Tag(0x6012_3000))?.keyword == "OverlayData")
        #expect(DataDictionary.entry(for: Tag(0x5002_3000))?.keyword == "CurveData")
        #expect(DataDictionary.entry(for: Tag(0x6001_3000)) == nil)
    }

    @Test func knowsNoPrivateElement() {
        #expect(DataDictionary.entry(for: Tag(0x0029_1010)) == nil)
        #expect(DataDictionary.vr(of: Tag(0x0008_0000)) == .ul)
    }
}
