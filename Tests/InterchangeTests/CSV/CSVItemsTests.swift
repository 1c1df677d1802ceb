// Diagnoses and requests in CSV, whole and in chunks.

import Radiology
import Testing

@testable import Interchange

@Suite struct CSVItemsTests {
    private let header = "facility,accessionNumber,studyInstanceUID,reader,label,confidence,readAt,round,text"

    private func read(_ text: String) throws -> [Result<Diagnosis, ItemError>] {
        try CSVItems.diagnoses(Array(text.utf8))
    }

    private func refusal(_ text: String) -> String? {
        message { () throws(ItemError) in try CSVItems.diagnoses(Array(text.utf8)) }
    }

    @Test func everyColumnIsRead() throws {
        let text =
            "\u{FEFF}\(header)\r\nnorthside,A-1,1.2,sato,recall,0.8,2026-11-20T10:15:00+09:00,2,\"a, \"\"b\"\"\r\nc\"\r\n"
        let expected = Diagnosis(
            reader: "sato",
            exam: ExamReference(facility: "northside", accessionNumber: "A-1", studyInstanceUID: "1.2"),
            label: "recall", confidence: 0.8, text: "a, \"b\"\nc", readAt: "2026-11-20T10:15:00+09:00", round: 2)
        #expect(try read(text) == [.success(expected)])
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func columnsComeInAnyOrderAndLinesEndInAnyWay(end: String) throws {
        let text = ["readAt,label,accessionNumber", "2026-11-20T10:15:00Z,a,1", "", "2026-11-20T10:15:00Z,b,2"]
        let results = try read(text.joined(separator: end))
        #expect(results.map { $0.value?.label } == ["a", "b"])
        #expect(results.map { $0.value?.exam.accessionNumber } == ["1", "2"])
        #expect(results.allSatisfy { $0.value?.round == 1 })
    }

    @Test func eachLineIsJudgedByItself() throws {
        let lines = [
            "accessionNumber,label,readAt,confidence", "1,a,2026-11-20T10:15:00Z,\"0,8\"", "2,b,2026-11-20T10:15:00Z,",
            "3,c,yesterday,", "4,d", "\"5\nx\",e,2026-11-20T10:15:00Z,", "6,,2026-11-20T10:15:00Z,", "7,a\"b,z,",
            "8,\"a\"b,z,", ",a,2026-11-20T10:15:00Z,", "9,b,2026-11-20T10:15:00Z,1.5", "10,\u{0},2026-11-20T10:15:00Z,",
        ]
        #expect(
            try read(lines.joined(separator: "\n")).map(\.message) == [
                "line 2, confidence: '0,8' is no number; write the decimal point as '.'", nil,
                "line 4, readAt: 'yesterday' is no time with an offset, such as 2026-11-20T10:15:00+09:00",
                "line 5: the line has 2 fields, and the header 4",
                "line 6, accessionNumber: '5\\u{a}x' holds a control character", "line 8, label: 'label' is empty",
                "line 9: a quote stands inside a field that is not quoted",
                "line 10: text stands after a closing quote",
                "line 11: names no exam: give its accessionNumber, its studyInstanceUID or both",
                "line 12, confidence: the confidence is 1.5, and must be from 0 to 1",
                "line 13, label: '\\u{0}' holds a control character",
            ])
    }

    @Test(arguments: [
        ("", "the file is empty; its first line names the columns"),
        ("accessionNumber,label,readAt\n", "the file has no line after its header"),
        ("accessionNumber,lable,readAt\n", "line 1: 'lable' is no column of diagnoses; did you mean 'label'?"),
        ("accessionNumber,label,label,readAt\n", "line 1: the column 'label' is there twice"),
        ("accessionNumber,label\n", "line 1: the column 'readAt' is missing"),
        ("label,readAt\n", "neither the column 'accessionNumber' nor 'studyInstanceUID' is there"),
        ("accessionNumber;label;readAt\n1;2;3", "columns are separated by commas"),
    ])
    func aBadHeaderRefusesTheDrop(text: String, expected: String) throws {
        let message = try #require(refusal(text))
        #expect(message.contains(expected), "\(message)")
    }

    @Test func chunksOfAnySizeGiveTheSame() throws {
        let text = "\u{FEFF}\(header)\r\nn,é,1.2,s,r,1,2026-11-20T10:15:00Z,1,\"x\r\ny\"\r\nn,2,,s,r,,bad,,\"open"
        let whole = try read(text)
        #expect(whole.map(\.message) == [nil, "line 4: a quote that is opened here is never closed"])
        for size in 1...7 {
            var reader = CSVItems.diagnosisReader()
            var results: [Result<Diagnosis, ItemError>] = []
            let bytes = Array(text.utf8)
            for start in stride(from: 0, to: bytes.count, by: size) {
                let chunk = Array(bytes[start..<min(start + size, bytes.count)])
                let part = chunk.withUnsafeBytes { chunk in
                    Result { () throws(ItemError) in try reader.read(chunk) }
                }
                results += try part.get()
            }
            results += try reader.finish()
            #expect(results == whole)
        }
    }

    @Test func aLongLineIsRefusedAloneAndNotKept() throws {
        let long = String(repeating: "x", count: 5 << 20)
        let text = "accessionNumber,label,readAt\n\(long),a,b\n2,b,2026-11-20T10:15:00Z"
        #expect(try read(text).map(\.message) == ["line 2: the line is longer than 1048576 bytes", nil])
        let commas = "accessionNumber,label,readAt\n" + String(repeating: ",", count: 100_000)
        #expect(try read(commas).map(\.message) == ["line 2: the line has more than 64 fields"])
    }

    @Test func aLineThatIsNoUTF8IsRefusedAlone() throws {
        let bytes = Array("accessionNumber,label,readAt\n1,".utf8) + [0xFF] + Array(",x\n2,b,2026-11-20T10:15:00Z".utf8)
        #expect(try CSVItems.diagnoses(bytes).map(\.message) == ["line 2: the line is not UTF-8", nil])
    }

    @Test func requestsAreRead() throws {
        let text =
            "id,accessionNumber,studyInstanceUID,purpose,prefer\nR-1,A-1,,treatment,\nR-2,,1.2,teaching,refuse\nR-3,A-1,,,\nR-4,A-1,,t,maybe\n"
        let results = try CSVItems.requests(Array(text.utf8))
        #expect(
            results.prefix(2).map(\.value) == [
                .request(
                    ExamRequest(id: "R-1", subject: .exam(ExamReference(accessionNumber: "A-1")), purpose: "treatment")),
                .request(
                    ExamRequest(
                        id: "R-2", subject: .exam(ExamReference(studyInstanceUID: "1.2")), purpose: "teaching",
                        prefer: .refuse)),
            ])
        #expect(
            results.dropFirst(2).map(\.message) == [
                "line 4, purpose: 'purpose' is empty", "line 5, prefer: 'maybe' is not 'reduce' or 'refuse'",
            ])
        guard case .failure(let error) = results[2] else { throw ItemError(text: "taken") }
        #expect(error.id == "R-3")
    }
}
