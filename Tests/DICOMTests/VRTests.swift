// Value representations: names, and what their encoding depends on.

import DICOM
import Testing

struct VRTests {
    @Test func namesEachByItsTwoLetters() {
        #expect(VR.allCases.count == 34)
        for vr in VR.allCases {
            #expect(VR(name: vr.description) == vr)
        }
        #expect(VR(name: "ZZ") == nil)
        #expect(VR(name: "PNX") == nil)
    }

    @Test func givesLongLengthsToThoseOfTable71() {
        let long = VR.allCases.filter(\.hasLongLength).map(\.description).sorted()
        #expect(long == ["OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"])
    }

    @Test func appliesTheCharacterSetToSevenOfThem() {
        let text = VR.allCases.filter(\.usesCharacterSet).map(\.description).sorted()
        #expect(text == ["LO", "LT", "PN", "SH", "ST", "UC", "UT"])
    }

    @Test func padsUIDsWithNULAndTextWithSpace() {
        #expect(VR.ui.paddingByte == 0)
        #expect(VR.pn.paddingByte == 0x20)
        #expect(VR.ob.paddingByte == 0)
    }
}
