// A result as a chart system is told of it, for tests.

@testable import Interchange

enum ReportedExample {
    static func result(
        version: Int = 1, predecessor: Int? = nil, status: ReportStatus = .final, label: String? = "recall",
        recipient: String = "ehr", repertoire: ReportRepertoire = .utf8, name: String = "YAMADA^TARO=山田^太郎",
        text: String = "左乳房に腫瘤。"
    ) -> ReportedResult {
        ReportedResult(
            examKey: "northside_A-1", version: version, predecessor: predecessor, status: status, label: label,
            outcome: label == nil ? "undetermined" : "determined", reason: nil,
            determinedAt: "2026-11-20T10:40:00+09:00", site: ReportedParty(id: "northbank", name: "Northbank"),
            facility: ReportedParty(id: "northside", name: "Northside"),
            recipient: ReportedParty(id: recipient, name: recipient), repertoire: repertoire,
            patient: ReportedPatient(patientID: "P-1", issuer: nil, name: name, birthDate: "19700201", sex: "M"),
            study: ReportedStudy(
                studyInstanceUID: "2.25.1", accessionNumber: "A-1", studyID: nil, date: "20261120", time: "101500",
                description: nil, referringPhysicianName: nil, series: []),
            opinions: [
                ReportedOpinion(
                    reader: ReportedParty(id: "sato", name: "Dr Sato"), personName: nil, label: "recall",
                    readAt: "2026-11-20T10:20:00+09:00", text: text, findings: [])
            ])
    }
}
