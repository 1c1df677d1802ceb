// NearExams owns the choice of a patient's exams by a day alone: those of the day, else the nearest one.
//
// Pure: whatever order the exams come in.

/// The exams of a patient that a day leads to.
package struct NearExams: Sendable {
    package let exams: [ExamOutline]
    /// Whether they are of that very day.
    package let isOfThatDay: Bool

    /// Days between an entry and an exam that nothing else relates.
    package static let nearDays = 90

    /// Whether a text is a day that there is, `YYYY-MM-DD`.
    package static func isDay(_ text: String) -> Bool { DayNumber.of(text) != nil }

    /// - Parameters:
    ///   - exams: Of one patient.
    ///   - date: `YYYY-MM-DD`.
    /// - Returns: nil when none is near, or there is no such day.
    package init?(_ exams: [ExamOutline], to date: String) {
        guard let day = DayNumber.of(date) else { return nil }
        let dated = exams.compactMap { exam in exam.day.flatMap(DayNumber.of).map { (exam, abs($0 - day)) } }
        let same = dated.filter { $0.1 == 0 }
        guard same.isEmpty else {
            self.exams = same.map(\.0)
            isOfThatDay = true
            return
        }
        // Of two that are as near, the one that came later.
        let nearest = dated.min { ($0.1, -$0.0.study) < ($1.1, -$1.0.study) }
        guard let nearest, nearest.1 <= Self.nearDays else { return nil }
        self.exams = [nearest.0]
        isOfThatDay = false
    }
}
