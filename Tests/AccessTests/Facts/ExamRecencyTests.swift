import Testing

@testable import Access

struct ExamRecencyTests {
    @Test func theNewestIsFirst() {
        let exams: [ExamRecency.Dated] = [
            .init(key: "a", studyDate: "20250101"), .init(key: "b", studyDate: "2026-01-01", studyTime: "09:30:00"),
            .init(key: "c", studyDate: "20260101", studyTime: "101500"), .init(key: "d", studyDate: nil),
            .init(key: "e", studyDate: "20260101"),
        ]
        #expect(ExamRecency.ranks(of: exams) == ["c": 1, "b": 2, "e": 3, "a": 4, "d": 5])
        #expect(ExamRecency.ranks(of: exams.reversed()) == ExamRecency.ranks(of: exams))
    }

    @Test func equalDatesHaveAnOrder() {
        let exams = ["x", "z", "y"].map { ExamRecency.Dated(key: $0, studyDate: "20260101") }
        #expect(ExamRecency.ranks(of: exams) == ["z": 1, "y": 2, "x": 3])
    }
}
