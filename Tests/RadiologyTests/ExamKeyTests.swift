// Exam keys: escaping, and what comes after the preferred key.

import Testing

@testable import Radiology

@Suite struct ExamKeyTests {
    private func keys(_ accession: String, _ uid: String) -> [String] {
        Array(
            ExamKey.candidates(facility: "northside", accessionNumber: accession, studyInstanceUID: uid).prefix(4))
    }

    @Test func theAccessionNumberComesFirst() {
        #expect(
            keys("A-1", "1.2") == ["northside_A-1", "northside_1.2", "northside_1.2-2", "northside_1.2-3"])
    }

    @Test func withoutOneTheStudyUIDDoes() {
        #expect(keys("", "1.2") == ["northside_1.2", "northside_1.2-2", "northside_1.2-3", "northside_1.2-4"])
    }

    @Test func everythingElseIsEscaped() {
        #expect(ExamKey.escaped("A_1/../é ") == "A%5F1%2F..%2F%C3%A9%20")
    }
}
