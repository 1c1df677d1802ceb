// The canonical form of reads and requests, compared with what Python makes of the same read.

import Foundation
import Radiology
import Testing

@testable import Interchange

@Suite struct CanonicalDiagnosisTests {
    private let study = "1.2.826.0.1.3680043.10.1611.1"

    @Test func itIsWhatPythonWrites() throws {
        let data = Data(try DiagnosisFixture.bytes("read-digest.json"))
        let expected = try JSONDecoder().decode([String: String].self, from: data)
        let diagnosis = Diagnosis(
            exam: ExamReference(accessionNumber: "ignored"), label: "ignored", confidence: 0.8,
            findings: [Finding(laterality: "L", sopInstanceUID: study + ".1.1", x: 812, y: 300.5, text: "影 <&\n\"")],
            readAt: "2026-11-20T10:15:00+09:00")
        let bytes = CanonicalDiagnosis.bytes(
            of: diagnosis, reader: "sato", label: "recall",
            exam: ExamReference(facility: "northside", accessionNumber: "", studyInstanceUID: study))
        #expect(String(decoding: bytes, as: UTF8.self) == expected["canonical"])
    }

    @Test(arguments: [
        (0.0, "0"), (-0.0, "0"), (1, "1"), (-1.5, "-1.5"), (0.1, "0.1"), (100, "100"), (812, "812"), (1e21, "1e+21"),
        (1e20, "100000000000000000000"), (0.000001, "0.000001"), (1e-7, "1e-7"), (1.5e-9, "1.5e-9"),
        (123_456_789.25, "123456789.25"), (1.7976931348623157e308, "1.7976931348623157e+308"),
        (Double.leastNonzeroMagnitude, "5e-324"),
        (9_007_199_254_740_992, "9007199254740992"), (0.30000000000000004, "0.30000000000000004"), (4.35, "4.35"),
        (295_147_905_179_352_825_856, "295147905179352830000"),
    ])
    func numbersAreWrittenAsECMAScriptDoes(number: Double, text: String) {
        #expect(CanonicalJSON.text(of: number) == text)
    }

    @Test func stringsAreEscapedNoMoreThanNeeded() {
        let text = CanonicalJSON.string("\u{8}\t\n\u{c}\r\u{1f}\u{7f}/\"\\é").bytes
        #expect(String(decoding: text, as: UTF8.self) == #""\b\t\n\f\r\u001f"# + "\u{7f}" + #"/\"\\é""#)
    }

    @Test func requestsOfTheSameMeaningAreTheSame() throws {
        let texts = [
            #"{"type":"request","id":"1","exam":{"accessionNumber":"A"},"purpose":"t"}"#,
            #"{"purpose":"t","id":"1","want":{},"prefer":"reduce","format":"folder","dicomdir":false,"type":"request","exam":{"accessionNumber":" A"}}"#,
        ]
        let csv = Array("id,accessionNumber,purpose\n1,A,t".utf8)
        let items = try texts.map { try #require(try JSONItems.requests(Array($0.utf8)).first).get() }
        let all = items + [try #require(try CSVItems.requests(csv).first).get()]
        #expect(Set(all.map { String(decoding: CanonicalRequest.bytes(of: $0), as: UTF8.self) }).count == 1)
        let other = RequestItem.request(
            ExamRequest(id: "1", subject: .exam(ExamReference(accessionNumber: "B")), purpose: "t"))
        #expect(CanonicalRequest.bytes(of: other) != CanonicalRequest.bytes(of: items[0]))
    }

    @Test func everyKindOfRequestHasItsForm() {
        let exam = ExamReference(facility: "n", accessionNumber: "A")
        let items: [RequestItem] = [
            .assign(Assignment(id: "1", exam: exam, readers: ["b", "a"], reason: "x")),
            .hold(Hold(id: "1", exam: exam, on: true)), .delete(Deletion(id: "1", exam: exam)),
            .credit(CreditRequest(id: "1", invoice: "2026-000012", lines: [1, 2])),
            .result(ResultRequest(id: "1", exam: exam)),
        ]
        let examText = #""exam":{"accessionNumber":"A","facility":"n","studyInstanceUID":null},"id":"1""#
        #expect(
            items.map { String(decoding: CanonicalRequest.bytes(of: $0), as: UTF8.self) } == [
                "{\(examText),\"readers\":[\"a\",\"b\"],\"reason\":\"x\",\"type\":\"assign\"}",
                "{\(examText),\"on\":true,\"reason\":null,\"type\":\"hold\"}",
                "{\(examText),\"reason\":null,\"type\":\"delete\"}",
                #"{"id":"1","invoice":"2026-000012","lines":[1,2],"reason":null,"type":"credit"}"#,
                "{\(examText),\"type\":\"result\"}",
            ])
    }
}
