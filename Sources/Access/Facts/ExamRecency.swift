// ExamRecency owns which of a patient's exams are the most recent.
//
// Pure. The order is total, so that `mostRecent: 2` means two exams, always the same.

/// Ranks the exams of a patient.
package enum ExamRecency {
    /// When an exam was made.
    package struct Dated: Hashable, Sendable {
        package let key: String
        /// `YYYY-MM-DD` or DICOM's `YYYYMMDD`; nil or empty when unknown, which counts as the oldest.
        package let studyDate: String?
        /// As DICOM writes it; nil or empty when unknown, which counts as the beginning of the day.
        package let studyTime: String?

        package init(key: String, studyDate: String?, studyTime: String? = nil) {
            self.key = key
            self.studyDate = studyDate
            self.studyTime = studyTime
        }

        fileprivate var order: (String, String, String) {
            (Self.digits(studyDate), Self.digits(studyTime), key)
        }

        private static func digits(_ text: String?) -> String { (text ?? "").filter { $0 != "-" && $0 != ":" } }
    }

    /// Rank by key, 1 for the newest; of exams of one date and time the one with the greater key.
    package static func ranks(of exams: [Dated]) -> [String: Int] {
        let newestFirst = exams.sorted { $0.order > $1.order }
        return Dictionary(newestFirst.enumerated().map { ($0.element.key, $0.offset + 1) }) { first, _ in first }
    }
}
