// Tags: their text, their order, their kinds.

import DICOM
import Testing

struct TagTests {
    @Test func describesGroupAndElementInHexadecimal() {
        #expect(Tag(group: 0x0010, element: 0x0020).description == "(0010,0020)")
        #expect(Tag.pixelData.description == "(7FE0,0010)")
    }

    @Test func ordersByGroupThenElement() {
        #expect(Tag.patientID < Tag.studyInstanceUID)
        #expect(Tag.patientName < Tag.patientID)
    }

    @Test func knowsPrivateTagsAndGroupLengths() {
        #expect(Tag(group: 0x0029, element: 0x1010).isPrivate)
        #expect(!Tag.patientID.isPrivate)
        #expect(Tag(group: 0x0008, element: 0).isGroupLength)
    }

    @Test func namesCommonTagsByTheirKeywords() {
        #expect(Tag.patientID.number == 0x0010_0020)
        #expect(Tag.sopInstanceUID.number == 0x0008_0018)
        #expect(Tag.specificCharacterSet.number == 0x0008_0005)
        #expect(Tag.overlayData.number == 0x6000_3000)
    }
}
