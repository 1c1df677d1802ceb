// Damaged documents: every reader ends, with values or with an error, whatever is done to its bytes.

import TestSupport
import Testing

@testable import Interchange

@Suite struct MutationTests {

    private static let marks: [UInt8] = Array("|^~\\&\r\n\",:{}[]\0".utf8) + [0x1B, 0x80, 0xFF, 0xEF]

    private func damaged(_ bytes: [UInt8], _ generator: inout SplitMix) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
            let index = Int.random(in: bytes.indices, using: &generator)
            switch Int.random(in: 0...4, using: &generator) {
            case 0: bytes[index] = UInt8.random(in: .min ... .max, using: &generator)
            case 1: bytes[index] = Self.marks.randomElement(using: &generator) ?? 0
            case 2: bytes.insert(Self.marks.randomElement(using: &generator) ?? 0, at: index)
            case 3: bytes.removeSubrange(index..<min(index + 8, bytes.count))
            default: bytes.removeSubrange(index...)
            }
        }
        return bytes
    }

    /// Reads what damage made of a file, in every form.
    private func read(_ bytes: [UInt8]) -> Int {
        let outcomes = [
            message { () throws(ItemError) in try HL7Items.diagnoses(bytes) },
            message { () throws(ItemError) in try JSONItems.diagnoses(bytes) },
            message { () throws(ItemError) in try JSONItems.requests(bytes) },
            message { () throws(ItemError) in try CSVItems.diagnoses(bytes) },
            message { () throws(ItemError) in try SRItems.diagnosis(bytes) },
        ]
        _ = DiagnosisForm.detect(name: "x", prefix: bytes)
        return outcomes.filter { $0 != nil }.count
    }

    @Test(arguments: [
        "one-read.hl7", "escapes.hl7", "japanese-iso-ir87.hl7", "batch-with-an-admission.hl7",
        "enhanced-with-findings.dcm", "comprehensive-by-highdicom.dcm",
    ])
    func damageEndsInAnError(name: String) throws {
        var generator = SplitMix(seed: UInt64(name.utf8.count))
        let bytes = try DiagnosisFixture.bytes(name)
        for _ in 0..<300 { #expect(read(damaged(bytes, &generator)) >= 3) }
    }

    @Test func damagedJSONAndCSVEndInAnError() {
        let json = """
            [{"type":"diagnosis","exam":{"accessionNumber":"é"},"label":"a","findings":[{"x":1,"y":2e3,"text":"\\u00e9"}],
            "readAt":"2026-11-20T10:15:00Z"},{"type":"credit","id":"C","invoice":"2026-000001","lines":[1]}]
            """
        let csv = "accessionNumber,label,readAt,text\r\n1,a,2026-11-20T10:15:00Z,\"x\"\"y\r\n\"\r\n2,b,z,\r\n"
        var generator = SplitMix(seed: 7)
        for text in [json, csv] {
            for _ in 0..<500 { #expect(read(damaged(Array(text.utf8), &generator)) >= 1) }
        }
    }
}
