// Messages of a result: the same value gives the same bytes; another recipient, version or form another control id.

import Testing

@testable import Interchange

@Suite struct HL7ResultWriterTests {
    @Test func controlIDsFollowFromWhatIsTold() {
        var ids: Set<String> = []
        for form in ResultForm.allCases {
            for (version, recipient) in [(1, "ehr"), (2, "ehr"), (1, "karte"), (1, "ehr1")] {
                let result = ReportedExample.result(version: version, recipient: recipient)
                let id = ReportIdentifiers(result: result).controlID(form)
                #expect(id.utf8.count == 20 && id == ReportIdentifiers(result: result).controlID(form))
                ids.insert(id)
            }
        }
        #expect(ids.count == ResultForm.allCases.count * 4)
    }

    @Test func prefixAndSuffixStandWhereHL7HasThem() {
        let names = HL7PersonName.patient("Family^Given^Middle^Dr.^Jr.=姓^名")
        #expect(names[0] == ["Family", "Given", "Middle", "Jr.", "Dr.", nil, "L", "A"])
        #expect(names[1][7] == "I")
        #expect(HL7PersonName.patient("").isEmpty && HL7PersonName.patient("^^=").isEmpty)
    }

    @Test func aLongTextGoesInPiecesThatBelongTogether() {
        var list = HL7ResultObservations(status: .final)
        list.add(text: "short", ["a"], observedAt: "2026-11-20T10:20:00Z")
        list.add(text: String(repeating: "|", count: 45_000), ["b"], observedAt: "2026-11-20T10:20:00Z")
        let segments = list.segments.map { $0.text.split(separator: "|", omittingEmptySubsequences: false) }
        #expect(segments.map { $0[4] } == ["1", "2", "2.2", "2.3"])
        #expect(segments.allSatisfy { $0[5].utf8.count < 65_536 })
        #expect(segments[1...].map { $0[5].utf8.count }.reduce(0, +) == 45_000 * 3)
    }

    @Test func unknownPatientsHaveEmptyQuotes() {
        let message = String(decoding: HL7ResultWriter(ReportedExample.result(name: "")).observation(), as: UTF8.self)
        #expect(message.contains("|\"\"||19700201|M"))
    }
}
