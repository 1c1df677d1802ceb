// The registered UIDs have their names.

import DICOM
import Testing

struct UIDNamesTests {
    @Test func namesRegisteredUIDs() {
        #expect(UIDNames.name(of: "1.2.840.10008.5.1.4.1.1.2") == "CT Image Storage")
        #expect(UIDNames.type(of: "1.2.840.10008.5.1.4.1.1.2") == "SOP Class")
        #expect(UIDNames.name(of: "1.2.3") == nil)
    }
}
