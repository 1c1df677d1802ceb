// Errors say what is wrong, at which element and where.

import DICOM
import Testing

struct DICOMErrorTests {
    @Test func saysWhatAndWhere() {
        let truncated = DICOMError.truncated(tag: .pixelData, offset: 870, missingByteCount: 114)
        #expect(truncated.description == "the file ends 114 bytes too early, at (7FE0,0010), offset 870")
        #expect(truncated.tag == .pixelData)
        #expect(truncated.offset == 870)
    }

    @Test func leavesOutWhatItDoesNotKnow() {
        #expect(
            DICOMError.truncated(tag: nil, offset: 3, missingByteCount: nil).description
                == "the file ends too early, offset 3")
        #expect(DICOMError.unwritable(tag: nil, text: "no").description == "no")
    }
}
