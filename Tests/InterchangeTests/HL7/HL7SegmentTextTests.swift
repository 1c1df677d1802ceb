// What separates in HL7 never comes out of a text.

import Testing

@testable import Interchange

@Suite struct HL7SegmentTextTests {
    @Test func nothingInATextSeparates() {
        var segment = HL7SegmentText("PID")
        segment.set(3, components: ["a|b^c~d&e\\f\rPV1|1\ng", nil])
        #expect(segment.text == "PID|||a\\F\\b\\S\\c\\R\\d\\T\\e\\E\\f PV1\\F\\1 g\r")
    }

    @Test(arguments: [
        ("2026-11-20T10:15:00+09:00", "20261120101500+0900"), ("2026-11-20T10:15:00.5Z", "20261120101500+0000"),
        ("2026-11-20T10:15:00.25-03:30", "20261120101500-0330"),
    ])
    func timesKeepTheirOffset(iso: String, hl7: String) { #expect(HL7Time.text(iso) == hl7) }
}
