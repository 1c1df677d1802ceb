import Radiology
import TestSupport
import Testing

@testable import Interchange

@Suite struct LinkListsTests {
    private func told(_ entries: String, _ exams: String) throws(ItemError) -> [String] {
        let pieces = try LinkLists.link(
            entries: Array(entries.utf8), named: "entries.csv", exams: Array(exams.utf8), named: "exams.csv")
        return pieces.flatMap { String(decoding: $0, as: UTF8.self).split(separator: "\n").map(String.init) }
    }

    private func problem(_ entries: String, _ exams: String) -> String {
        do throws(ItemError) { return "\(try told(entries, exams))" } catch { return error.description }
    }

    private static let examsHeader = "exam,patientID,accessionNumber,studyInstanceUID,studyDate\n"
    private static let header = "patientID,entry,kind,encounter,time,accessionNumber,studyInstanceUID,status\n"

    @Test func columnsComeInAnyOrderAndFieldsMayBeQuoted() throws {
        let exams =
            "studyDate,exam,\"patientID\",studyInstanceUID,accessionNumber\r\n2026-11-20,k_1,\"P,1\",1.1,A-1\r\n"
        let entries = "entry,patientID,accessionNumber\r\n\"E \"\"1\"\"\",\"P,1\",A-1\r\n\r\nE2,P-2,A-1"
        #expect(
            try told(entries, exams) == [
                "\"P,1\",\"E \"\"1\"\"\",k_1,accessionNumber,exact,", "P-2,E2,k_1,accessionNumber,exact,\"P,1\"",
            ])
    }

    @Test func whatIsWrongIsSaidWithItsLine() {
        let exams = Self.examsHeader
        #expect(problem("patientID,entyr\n", exams).contains("entries.csv: there is no column 'entry'"))
        #expect(problem("patientID,entry,tiem\n", exams).contains("did you mean"))
        #expect(problem("patientID,entry\nP,E\nP\n", exams).contains("line 3: entries.csv: 1 fields"))
        #expect(problem("patientID,entry\n,E\n", exams).contains("line 2"))
        #expect(problem("patientID,entry,kind\nP,E,vizit\n", exams).contains("vizit"))
        #expect(problem("patientID,entry\n", "exam\n").contains("exams.csv: there is no column 'patientID'"))
    }

    /// Whatever the lists, they say what the rules of a site say of each patient.
    @Test(arguments: 0..<40) func randomListsAreLinkedAsASiteLinksThem(seed: Int) throws {
        var random = SplitMix(seed: UInt64(seed))
        func any(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
        func day() -> String { "2026-\(any(2) == 0 ? "01" : "05")-1\(any(10))" }
        let exams = (0..<12).map { number in
            ExamOutline(
                study: Int64(number), patient: any(6) == 0 ? nil : PatientIdentity(patientID: "P\(any(3))"),
                accessionNumber: "A\(any(8))", studyInstanceUID: "1.\(number)", day: any(6) == 0 ? nil : day())
        }
        let entries = (0..<120).map { number in
            ChartEntry(
                name: "E\(number)", kind: any(2) == 0 ? .encounter : .order,
                patient: PatientIdentity(patientID: "P\(any(3))"),
                accessionNumbers: any(3) == 0 ? ["A\(any(10))"] : [],
                studyInstanceUIDs: any(4) == 0 ? ["1.\(any(14))"] : [],
                encounter: any(2) == 0 ? "E\(any(120))" : nil, time: any(5) == 0 ? nil : day(),
                status: any(12) == 0 ? "entered-in-error" : nil)
        }
        let examLines = exams.map {
            "k\($0.study),\($0.patient?.patientID ?? ""),\($0.accessionNumber),\($0.studyInstanceUID),\($0.day ?? "")\n"
        }
        let entryLines = entries.map {
            "\($0.patient.patientID),\($0.name),\($0.kind.rawValue),\($0.encounter ?? ""),\($0.time ?? ""),"
                + "\($0.accessionNumbers.first ?? ""),\($0.studyInstanceUIDs.first ?? ""),\($0.status ?? "")\n"
        }
        let expected = ["P0", "P1", "P2"].flatMap { name -> [String] in
            let patient = PatientIdentity(patientID: name)
            let own = entries.filter { $0.patient == patient }
            return PatientLinks(identities: [patient], entries: own, exams: exams).links.map { link in
                "\(name),\(own[link.entry].name),k\(link.study),\(link.basis.rawValue),\(link.certainty.rawValue),"
                    + (link.conflict?.patientID ?? "")
            }
        }
        let found = try told(Self.header + entryLines.joined(), Self.examsHeader + examLines.joined())
        #expect(found.sorted() == expected.sorted())
        #expect(!found.isEmpty)
    }
}
