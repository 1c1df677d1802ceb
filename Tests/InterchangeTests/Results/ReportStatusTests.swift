// How far a result has come follows from its outcome, and from whether somebody may have acted on one before.

import Testing

@testable import Interchange

@Suite struct ReportStatusTests {
    @Test(arguments: [
        ("determined", false, ReportStatus.final), ("technicalRecall", false, .final),
        ("escalated", false, .preliminary),
        ("undetermined", false, .preliminary), ("determined", true, .amended), ("undetermined", true, .amended),
    ])
    func followsFromTheOutcome(outcome: String, isAfterFinal: Bool, status: ReportStatus) {
        #expect(ReportStatus(outcome: outcome, isAfterFinal: isAfterFinal) == status)
    }

    @Test func eachEncodingHasAWordForIt() {
        #expect(ReportStatus.allCases.map(\.hl7Code) == ["P", "F", "C"])
        #expect(ReportStatus.allCases.map(\.fhirCode) == ["preliminary", "final", "amended"])
        #expect(ReportStatus.allCases.map(\.preliminaryFlag) == ["PRELIMINARY", "FINAL", "FINAL"])
    }
}
