// A structured report of a result reads back as a report, with its predecessor.

import Testing

@testable import Interchange

@Suite struct StructuredResultTests {
    @Test func itReadsBackAsAReportOfTheExam() throws {
        let first = try DICOMReport(StructuredResult(ReportedExample.result()).bytes())
        #expect(first.form == "sr" && first.predecessors.isEmpty)
        #expect(first.report.status == .final && first.report.exam.studyInstanceUID == "2.25.1")
        let text = try #require(first.report.text)
        #expect(text.contains("左乳房に腫瘤。") && text.contains("recall"))
        let next = ReportedExample.result(version: 2, predecessor: 1, status: .amended)
        let second = try DICOMReport(StructuredResult(next).bytes())
        #expect(second.predecessors == [first.sopInstanceUID] && second.sopInstanceUID != first.sopInstanceUID)
        let waiting = ReportedExample.result(status: .preliminary, label: nil)
        #expect(try DICOMReport(StructuredResult(waiting).bytes()).report.status == .preliminary)
    }

    @Test func repertoiresSayTheSame() throws {
        let texts = try ReportRepertoire.allCases.map { repertoire in
            try DICOMReport(StructuredResult(ReportedExample.result(repertoire: repertoire)).bytes()).report.text
        }
        #expect(texts[0] == texts[1])
    }
}
