// Diagnoses in JSON: every field, and the message for every way to get one wrong.

import Radiology
import Testing

@testable import Interchange

@Suite struct JSONDiagnosisTests {
    private static let digest = String(repeating: "0123456789abcdef", count: 4)

    private func read(_ text: String) throws -> [Result<Diagnosis, ItemError>] {
        try JSONItems.diagnoses(Array(text.utf8))
    }

    /// The outcome of a diagnosis with these fields in the place of the usual ones.
    private func outcome(_ changes: [String: String?]) throws -> Result<Diagnosis, ItemError> {
        var fields: [String: String?] = [
            "type": #""diagnosis""#, "exam": #"{"accessionNumber": "A-1"}"#, "label": #""recall""#,
            "readAt": #""2026-11-20T10:15:00+09:00""#,
        ]
        for (key, value) in changes { fields[key] = value }
        let text = fields.sorted { $0.key < $1.key }.compactMap { key, value in value.map { "\"\(key)\": \($0)" } }
        return try #require(try read("{\(text.joined(separator: ", "))}").first)
    }

    @Test func everyFieldIsRead() throws {
        let results = try read(
            """
            {"type": "diagnosis", "reader": "sato",
             "exam": {"facility": "northside", "accessionNumber": " A-1001 ", "studyInstanceUID": "1.2.840"},
             "label": "recall", "confidence": 0.8,
             "findings": [{"code": "BI-RADS-4", "laterality": "L", "sopInstanceUID": "1.2", "x": 812, "y": 300.5, "text": "é\\r\\nb"}],
             "text": "\\u5f71\\ud83d\\ude00", "readAt": "2026-11-20T10:15+0900", "round": 2, "packetVersion": 3,
             "retracts": "\(Self.digest.uppercased())"}
            """)
        let expected = Diagnosis(
            reader: "sato",
            exam: ExamReference(facility: "northside", accessionNumber: "A-1001", studyInstanceUID: "1.2.840"),
            label: "recall", confidence: 0.8,
            findings: [
                Finding(
                    code: "BI-RADS-4", laterality: "L", sopInstanceUID: "1.2", x: 812, y: 300.5, text: "é\nb")
            ], text: "影😀", readAt: "2026-11-20T10:15:00+09:00", round: 2, packetVersion: 3, retracts: Self.digest)
        #expect(results == [.success(expected)])
    }

    @Test func whatIsLeftOutIsNilAndTheRoundIsOne() throws {
        let diagnosis = try #require(
            try outcome(["text": "\"\"", "retracts": "null", "findings": "[]", "reader": "null"]).value)
        #expect(
            diagnosis
                == Diagnosis(
                    exam: ExamReference(accessionNumber: "A-1"), label: "recall", readAt: "2026-11-20T10:15:00+09:00"))
    }

    @Test func aRetractionNeedsNoLabel() throws {
        #expect(try outcome(["label": nil, "retracts": "\"\(Self.digest)\""]).value?.retracts == Self.digest)
    }

    @Test(arguments: [
        ("labl", "\"x\"", "'labl' is no field of a diagnosis; did you mean 'label'?"),
        ("readat", "\"x\"", "'readat' is no field of a diagnosis; did you mean 'readAt'?"),
        ("hospital", "\"x\"", "'hospital' is no field of a diagnosis"),
        ("confidence", "\"0.8\"", "'confidence' is a number, and here stands a string"),
        ("confidence", "1.01", "the confidence is 1.01, and must be from 0 to 1"),
        ("confidence", "1e400", "1e400 is too large a number"),
        ("label", "7", "'label' is a string, and here stands a number"),
        ("label", "null", "has no label, and retracts no earlier read"),
        ("label", "\"a\\u0000b\"", "'a\\u{0}b' holds a control character"),
        ("text", "\"a\\u0000b\"", "the text holds the control character U+0000"),
        ("round", "0", "'round' must be a whole number of at least 1"),
        ("round", "1.5", "'round' must be a whole number of at least 1"),
        ("packetVersion", "0", "'packetVersion' must be a whole number of at least 1"),
        ("readAt", "\"2026-11-20T10:15:00\"", "is no time with an offset, such as 2026-11-20T10:15:00+09:00"),
        ("readAt", "\"2026-02-30T10:15:00Z\"", "is no time with an offset"),
        ("readAt", "null", "the field 'readAt' of a diagnosis is missing"),
        ("retracts", "\"abc\"", "'abc' is no digest, which has 64 hexadecimal digits"),
        ("reader", "\"Sato\"", "'Sato' is no party id, which has 1 to 32 of a-z, 0-9 and '-'"),
        ("exam", "null", "the field 'exam' of a diagnosis is missing"),
        ("exam", "{}", "/exam: names no exam: give its accessionNumber, its studyInstanceUID or both"),
        ("exam", "{\"studyInstanceUID\": \"1.2.x\"}", "/exam/studyInstanceUID: '1.2.x' is no UID"),
        ("exam", "{\"accession\": \"1\"}", "/exam: 'accession' is no field of an exam"),
        ("exam", "\"A-1\"", "an exam is an object, and here stands a string"),
        ("findings", "{}", "'findings' is an array, and here stands an object"),
        ("findings", "[{}]", "/findings/0: the finding says nothing"),
        ("findings", "[{\"code\": \"a\"}, {\"x\": 1}]", "/findings/1: the finding has 'x' without 'y'"),
        ("findings", "[{\"laterality\": \"l\"}]", "'l' is not 'L', 'R', 'B' or 'U'; did you mean 'L'?"),
        ("findings", "[7]", "/findings/0: a finding is an object, and here stands a number"),
        ("type", "\"request\"", "/type: 'request' is no type of diagnoses, which is 'diagnosis'"),
        ("type", "\"diagnose\"", "did you mean 'diagnosis'?"),
    ])
    func mistakesAreNamed(key: String, value: String, expected: String) throws {
        let message = try #require(try outcome([key: value]).message)
        #expect(message.contains(expected), "\(message)")
    }

    @Test func theTypeIsAskedFor() throws {
        #expect(try outcome(["type": nil]).message?.contains("the field 'type' is missing; it is 'diagnosis'") == true)
    }

    @Test func eachItemIsJudgedByItselfWithItsLine() throws {
        let good = #"{"type":"diagnosis","exam":{"accessionNumber":"é"},"label":"a","readAt":"2026-11-20T10:15:00Z"}"#
        let results = try read("[\(good),\n 7,\n \(good.replacing("label", with: "labl")),\n\(good)]")
        #expect(
            results.map(\.message) == [
                nil, "line 2, column 2: an item is an object, and here stands a number",
                "line 3, column 53: 'labl' is no field of a diagnosis; did you mean 'label'?", nil,
            ])
    }

    @Test func aKeyGivenTwiceIsRefused() throws {
        let text = #"{"type":"diagnosis","label":"a","label":"b"}"#
        #expect(try read(text).first?.message == "line 1, column 33: the field 'label' is given twice")
    }
}
