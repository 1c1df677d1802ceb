// A document in a DICOM envelope comes out as it went in.

import Testing

@testable import Interchange

@Suite struct EncapsulatedResultTests {
    /// Odd and even lengths: an odd one is padded, and its length is said.
    @Test(arguments: ["%PDF-1.5\n%%EOF", "%PDF-1.5\n%%EOF\n"])
    func theDocumentComesOutAsItWentIn(text: String) throws {
        let pdf = Array(text.utf8)
        for repertoire in ReportRepertoire.allCases {
            let result = ReportedExample.result(repertoire: repertoire)
            let report = try DICOMReport(EncapsulatedResult(result).bytes(around: pdf))
            #expect(report.form == "pdf" && report.document == pdf)
            #expect(report.report.text == "Result of examination northside_A-1.v1 (final)")
            #expect(report.report.exam.studyInstanceUID == "2.25.1" && report.report.exam.accessionNumber == "A-1")
        }
    }
}
