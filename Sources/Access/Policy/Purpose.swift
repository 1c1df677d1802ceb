// Purpose owns what one purpose opens.
//
// Pure.

/// A purpose for which exams are asked.
package struct Purpose: Hashable, Sendable {
    package let id: String
    /// The code by which other systems call it; nil for none.
    package let code: String?
    package let range: AvailableRange
    /// How many exams a party may have for it; nil for no bound.
    package let quota: ExamQuota?

    package init(id: String, code: String? = nil, range: AvailableRange, quota: ExamQuota? = nil) {
        self.id = id
        self.code = code
        self.range = range
        self.quota = quota
    }
}

/// A bound on how many exams a party is given for a purpose.
package struct ExamQuota: Hashable, Sendable {
    package let examCount: Int
    /// The time over which they are counted, backwards from the decision.
    package let withinMilliseconds: Int64

    package init(examCount: Int, withinMilliseconds: Int64) {
        self.examCount = examCount
        self.withinMilliseconds = withinMilliseconds
    }
}
