// The form of a drop is told by its content.

import Testing

@testable import Interchange

@Suite struct DiagnosisFormTests {
    private func form(_ text: String, name: String = "drop") -> DiagnosisForm {
        DiagnosisForm.detect(name: name, prefix: Array(text.utf8))
    }

    @Test func contentDecides() throws {
        #expect(form(" \n{\"type\"", name: "x.csv") == .json)
        #expect(form("\u{FEFF}[", name: "x.txt") == .json)
        #expect(form("MSH|^~\\&|", name: "x.json") == .hl7)
        #expect(form("\u{0B}MSH|^~\\&|") == .hl7)
        #expect(form("FHS#*!/%#") == .hl7)
        #expect(form("label,readAt\n", name: "x.json") == .csv)
        #expect(form("\"reader\";\"label\"\n") == .csv)
        for name in ["enhanced-with-findings.dcm", "basic-text-by-dcmtk.dcm"] {
            #expect(DiagnosisForm.detect(name: "x.json", prefix: try DiagnosisFixture.bytes(name)) == .sr)
        }
    }

    @Test func theNameDecidesWhereTextSaysNothing() {
        #expect(form("hello", name: "x.CSV") == .csv)
        #expect(form("hello", name: "x.json") == .json)
        #expect(form("hello", name: "x.hl7") == .hl7)
        #expect(form("MSHhello") == .unknown(reason: "the text has no known form; " + wanted))
    }

    private let wanted = "a diagnosis is JSON, CSV, HL7 v2 or DICOM SR"

    @Test(arguments: [
        ("", "the file is empty"), ("  \n", "the file is white space only"), ("<a>", "the file is XML or HTML"),
        ("PK\u{3}\u{4}", "the file is a zip archive"), ("%PDF-1.4", "the file is a PDF"),
        ("a\u{0}b", "the file is binary data"),
    ])
    func otherThingsAreNamed(text: String, reason: String) throws {
        guard case .unknown(let found) = form(text, name: "x.json") else { throw ItemError(text: "taken") }
        #expect(found.hasPrefix(reason) && found.hasSuffix(wanted), "\(found)")
    }

    @Test func textInUTF16IsNamed() throws {
        let form = DiagnosisForm.detect(name: "x.json", prefix: [0xFF, 0xFE, 0x7B, 0])
        #expect(form == .unknown(reason: "the file is UTF-16 text; write it in UTF-8; \(wanted)"))
    }

    @Test func requestsAreJSONOrCSV() throws {
        #expect(RequestForm.detect(name: "x", prefix: Array("{".utf8)) == .json)
        #expect(RequestForm.detect(name: "x", prefix: Array("id,purpose\n".utf8)) == .csv)
        #expect(RequestForm.detect(name: "x.csv", prefix: Array("hello".utf8)) == .csv)
        #expect(
            RequestForm.detect(name: "x.csv", prefix: Array("MSH|^".utf8))
                == .unknown(reason: "the file is HL7; a request is JSON or CSV"))
    }
}
