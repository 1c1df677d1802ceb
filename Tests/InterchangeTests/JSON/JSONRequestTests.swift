// Requests of all kinds in JSON.

import Radiology
import Testing

@testable import Interchange

@Suite struct JSONRequestTests {
    private func outcome(_ text: String) throws -> Result<RequestItem, ItemError> {
        try #require(try JSONItems.requests(Array(text.utf8)).first)
    }

    private let exam = ExamReference(facility: "northside", accessionNumber: "A-1001")
    private let examText = #""exam": {"facility": "northside", "accessionNumber": "A-1001"}"#

    @Test func aRequestForOneExam() throws {
        let text = """
            {"type": "request", "id": "R-77", "exam": {"accessionNumber": "A-1001"}, "purpose": "treatment",
             "want": {"kinds": ["MG"], "pixelDensity": 1.0, "imageProcessing": true, "reports": false},
             "prefer": "refuse", "format": "zip", "dicomdir": true}
            """
        let expected = ExamRequest(
            id: "R-77", subject: .exam(ExamReference(accessionNumber: "A-1001")), purpose: "treatment",
            want: RequestedRange(kinds: ["MG"], pixelDensity: 1, imageProcessing: true, reports: false),
            prefer: .refuse, format: .zip, dicomdir: true)
        #expect(try outcome(text) == .success(.request(expected)))
    }

    @Test func aRequestForAllThatFit() throws {
        let text = """
            {"type": "request", "id": "R-78", "purpose": "treatment", "exams": {"patientID": "P-9",
             "issuerOfPatientID": "NORTHSIDE", "modality": "MG", "from": "2025-01-01", "to": "2026-11-20"}}
            """
        let query = ExamQuery(
            patientID: "P-9", issuerOfPatientID: "NORTHSIDE", modality: "MG", from: "2025-01-01", to: "2026-11-20")
        #expect(
            try outcome(text)
                == .success(.request(ExamRequest(id: "R-78", subject: .exams(query), purpose: "treatment"))))
    }

    @Test func whatADenialWouldAllowIsAWant() throws {
        let text =
            #"{"type": "request", "id": "1", \#(examText), "purpose": "teaching", "want": {"kinds": "all", "pixelDensity": "0.25"}}"#
        guard case .request(let request) = try outcome(text).get() else { throw ItemError(text: "no request") }
        #expect(request.want == RequestedRange(pixelDensity: 0.25))
    }

    @Test func ordersOfTheOffice() throws {
        #expect(
            try outcome(#"{"type": "assign", "id": "S-1", \#(examText), "readers": ["weber", "ito"], "reason": "ill"}"#)
                == .success(.assign(Assignment(id: "S-1", exam: exam, readers: ["weber", "ito"], reason: "ill"))))
        #expect(
            try outcome(#"{"type": "hold", "id": "H-1", \#(examText), "on": false, "reason": null}"#)
                == .success(.hold(Hold(id: "H-1", exam: exam, on: false))))
        #expect(
            try outcome(#"{"type": "delete", "id": "D-1", \#(examText), "reason": "x"}"#)
                == .success(.delete(Deletion(id: "D-1", exam: exam, reason: "x"))))
        #expect(
            try outcome(#"{"type": "result", "id": "Q-1", \#(examText)}"#)
                == .success(.result(ResultRequest(id: "Q-1", exam: exam))))
        #expect(
            try outcome(#"{"type": "credit", "id": "C-1", "invoice": "2026-000012", "lines": [3, 1], "reason": "x"}"#)
                == .success(.credit(CreditRequest(id: "C-1", invoice: "2026-000012", lines: [1, 3], reason: "x"))))
        #expect(
            try outcome(#"{"type": "credit", "id": "C-2", "invoice": "2026-000012"}"#)
                == .success(.credit(CreditRequest(id: "C-2", invoice: "2026-000012"))))
        #expect(
            try outcome(#"{"type": "credit", "id": "C-3", "invoice": "2026-D000012"}"#)
                == .success(.credit(CreditRequest(id: "C-3", invoice: "2026-D000012"))))
    }

    @Test func debits() throws {
        let head = #""type": "debit", "id": "B-1", "invoice": "2026-000012", "reason": "x""#
        func debit(_ charge: DebitRequest.Charge) -> Result<RequestItem, ItemError> {
            .success(.debit(DebitRequest(id: "B-1", invoice: "2026-000012", charge: charge, reason: "x")))
        }
        #expect(try outcome("{\(head)}") == debit(.again(nil)))
        #expect(try outcome(#"{\#(head), "lines": [3, 1]}"#) == debit(.again([1, 3])))
        let more =
            #"{\#(head), "lines": [{"line": 2, "amount": "12.50"}, {"line": 2, "amount": "1", "description": "d"}]}"#
        let additions = [
            DebitRequest.Addition(line: 2, amount: "12.50"), .init(line: 2, amount: "1", description: "d"),
        ]
        #expect(try outcome(more) == debit(.more(additions)))
    }

    @Test(arguments: [
        (#"{"type": "request", "id": "a b", "exam": {"accessionNumber": "1"}, "purpose": "t"}"#, "'a b' is no id"),
        (#"{"type": "request", "id": "..", "exam": {"accessionNumber": "1"}, "purpose": "t"}"#, "'..' is no id"),
        (
            #"{"type": "request", "exam": {"accessionNumber": "1"}, "purpose": "t"}"#,
            "the field 'id' of a request is missing"
        ),
        (
            #"{"type": "request", "id": "1", "exam": {"accessionNumber": "1"}}"#,
            "the field 'purpose' of a request is missing"
        ),
        (#"{"type": "request", "id": "1", "purpose": "t"}"#, "names no exam: give 'exam' or 'exams'"),
        (#"{"type": "request", "id": "1", "purpose": "t", "exams": {}}"#, "/exams: the query is empty"),
        (
            #"{"type": "request", "id": "1", "purpose": "t", "exams": {"from": "2026-02-29"}}"#,
            "'2026-02-29' is no date"
        ),
        (
            #"{"type": "request", "id": "1", "purpose": "t", "exams": {"from": "2026-02-02", "to": "2026-02-01"}}"#,
            "/exams/from: 'from' is 2026-02-02, which is after 'to', 2026-02-01"
        ),
        (
            #"{"type": "request", "id": "1", "purpose": "t", "exam": {"accessionNumber": "1"}, "want": {"pixelDensity": 1.5}}"#,
            "/want/pixelDensity: the pixel density is 1.5, and must be above 0 and at most 1"
        ),
        (
            #"{"type": "request", "id": "1", "purpose": "t", "exam": {"accessionNumber": "1"}, "prefer": "Reduce"}"#,
            "'Reduce' is not 'reduce' or 'refuse'; did you mean 'reduce'?"
        ),
        (
            #"{"type": "request", "id": "1", "purpose": "t", "exam": {"accessionNumber": "1"}, "want": {"densty": 1}}"#,
            "/want: 'densty' is no field of a wanted range"
        ),
        (#"{"type": "hold", "id": "1", "exam": {"accessionNumber": "1"}}"#, "the field 'on' of a hold is missing"),
        (#"{"type": "hold", "id": "1", "exam": {"accessionNumber": "1"}, "on": "yes"}"#, "'on' is true or false"),
        (#"{"type": "assign", "id": "1", "exam": {"accessionNumber": "1"}, "readers": []}"#, "'readers' names nobody"),
        (
            #"{"type": "assign", "id": "1", "exam": {"accessionNumber": "1"}, "readers": ["a", "a"]}"#,
            "'a' is named twice"
        ),
        (#"{"type": "credit", "id": "1", "invoice": "12"}"#, "'12' is no number of an invoice, such as 2026-000012"),
        (#"{"type": "credit", "id": "1", "invoice": "2026-000012", "lines": [0]}"#, "whole numbers of at least 1"),
        (#"{"type": "credit", "id": "1", "invoice": "2026-000012", "lines": []}"#, "'lines' is empty"),
        (#"{"type": "credit", "id": "1", "invoice": "2026-C000012"}"#, "is no number of an invoice"),
        (#"{"type": "debit", "id": "1", "invoice": "2026-D000012", "reason": "x"}"#, "is no number of an invoice"),
        (#"{"type": "debit", "id": "1", "invoice": "2026-000012"}"#, "the field 'reason' of a debit is missing"),
        (
            #"{"type": "debit", "id": "1", "invoice": "2026-000012", "reason": "x", "lines": [{"line": 1, "amount": "0"}]}"#,
            "/lines/0/amount: '0' is no amount above 0"
        ),
        (
            #"{"type": "debit", "id": "1", "invoice": "2026-000012", "reason": "x", "lines": [{"line": 1, "amuont": "1"}]}"#,
            "'amuont' is no field of an amount; did you mean 'amount'?"
        ),
        (#"{"type": "reqest", "id": "1"}"#, "did you mean 'request'?"),
        (#"{"type": "diagnosis"}"#, "'diagnosis' is no type of requests"),
    ])
    func mistakesAreNamed(text: String, expected: String) throws {
        let message = try #require(try outcome(text).message)
        #expect(message.contains(expected), "\(message)")
    }

    @Test func aRefusedRequestKeepsItsID() throws {
        guard case .failure(let error) = try outcome(#"{"type": "hold", "id": "H-1", "onn": true}"#) else {
            throw ItemError(text: "taken")
        }
        #expect(error.id == "H-1")
        guard case .failure(let other) = try outcome(#"{"type": "hold", "id": "../x"}"#) else {
            throw ItemError(text: "taken")
        }
        #expect(other.id == nil)
    }
}
