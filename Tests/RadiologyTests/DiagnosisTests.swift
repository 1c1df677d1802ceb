// Values of a read: codes, findings, requests.

import Testing

@testable import Radiology

@Suite struct DiagnosisTests {
    private func diagnosis(_ codes: [String]) -> Diagnosis {
        Diagnosis(
            exam: ExamReference(accessionNumber: "A"),
            labelCodes: codes.map { CodedConcept(value: $0, schemeDesignator: "SCT") })
    }

    @Test func codesAreTheSameWhateverTheyAreCalled() {
        let code = CodedConcept(value: "1", schemeDesignator: "SCT", meaning: "one")
        #expect(code == CodedConcept(value: "1", schemeDesignator: "SCT", meaning: "eins"))
        #expect(code != CodedConcept(value: "1", schemeDesignator: "DCM", meaning: "one"))
        #expect(code.key == "SCT:1")
        #expect(CodedConcept(value: "urn:x", schemeDesignator: "").key == "urn:x")
    }

    @Test func labelsComeInTheOrderOfTheDocument() {
        let map = ["normal": ["SCT:1"], "recall": ["SCT:2", "SCT:3"]]
        #expect(diagnosis(["9", "3", "2"]).labels(by: map) == ["recall"])
        #expect(diagnosis(["3", "1"]).labels(by: map) == ["recall", "normal"])
        #expect(diagnosis(["9"]).labels(by: map) == [])
        #expect(diagnosis([]).labelCode == nil)
    }

    @Test func anExamIsNamedByEitherNumber() {
        #expect(ExamReference(accessionNumber: "A").namesExam)
        #expect(ExamReference(studyInstanceUID: "1").namesExam)
        #expect(!ExamReference(facility: "northside").namesExam)
    }

    @Test func onlyTheOfficeMayOrder() {
        let exam = ExamReference(accessionNumber: "A")
        let items: [RequestItem] = [
            .request(ExamRequest(id: "1", subject: .exam(exam), purpose: "t")),
            .assign(Assignment(id: "2", exam: exam, readers: ["a"])), .hold(Hold(id: "3", exam: exam, on: true)),
            .delete(Deletion(id: "4", exam: exam)), .credit(CreditRequest(id: "5", invoice: "2026-000001")),
            .debit(DebitRequest(id: "6", invoice: "2026-000001", charge: .again(nil), reason: "r")),
            .result(ResultRequest(id: "7", exam: exam)),
            .referral(Referral(id: "8", exam: exam, to: "b", purposes: ["t"])),
            .settle(Settlement(id: "9", exam: exam, patient: nil)),
        ]
        #expect(items.map(\.type) == RequestItem.types)
        #expect(items.map(\.id) == ["1", "2", "3", "4", "5", "6", "7", "8", "9"])
        #expect(items.map(\.isManagementOnly) == [false, true, true, true, true, true, true, false, true])
    }
}
