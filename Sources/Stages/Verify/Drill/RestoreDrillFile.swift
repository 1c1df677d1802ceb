// What came of a restore drill, as JSON: the office's notice, and what the command prints.

internal import Interchange

package enum RestoreDrillFile {
    package static func json(_ report: RestoreDrillReport) -> [UInt8] {
        var text = JSONText()
        text.raw("{")
        text.member("type", "notice", first: true)
        text.member("kind", "drill")
        text.member("seed", report.seed)
        text.member("at", report.at)
        text.member("outcome", report.hasPassed ? "passed" : "failed")
        text.member("failed", report.failedCount)
        text.key("exams")
        text.raw("[")
        for (index, exam) in report.exams.enumerated() {
            if index > 0 { text.raw(",") }
            append(exam, to: &text)
        }
        text.raw("]}\n")
        return text.take()
    }

    private static func append(_ exam: RestoreDrillReport.Exam, to text: inout JSONText) {
        text.raw("{")
        text.member("exam", exam.key, first: true)
        text.member("facility", exam.facility)
        text.member("tier", exam.tier)
        text.member("instances", exam.instanceCount)
        text.member("reports", exam.reportCount)
        text.member("bytes", exam.byteCount)
        text.key("findings")
        text.raw("[")
        for (index, finding) in exam.findings.enumerated() {
            text.raw(index > 0 ? ",{" : "{")
            text.member("path", finding.path, first: true)
            text.member("reason", finding.reason)
            text.raw("}")
        }
        text.raw("]}")
    }
}
