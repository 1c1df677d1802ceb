// HeldExam owns the facts about a stored exam that decide who may have what of it.
//
// Pure: whoever asks has looked the facts up.

/// What is known of an exam.
package struct HeldExam: Hashable, Sendable {
    /// The party id of the facility whose exam it is.
    package let facility: String
    /// As that facility issues it; nil when there is none, or when another issuer gave it.
    package let patientID: String?
    /// The distinct facts of its instances.
    package let images: Set<HeldImage>
    /// Its rank among that patient's exams at that facility, 1 for the newest.
    package let recency: Int
    /// Whether the office holds it back from everybody.
    package let isOnHold: Bool
    /// Readers who may have it, because they were assigned or its protocol names them.
    package let readers: [String: ReaderStanding]
    /// What its facility said of this exam alone to the facility that asks.
    package let referrals: [SharedExams]

    package init(
        facility: String, patientID: String?, images: Set<HeldImage>, recency: Int = 1, isOnHold: Bool = false,
        readers: [String: ReaderStanding] = [:], referrals: [SharedExams] = []
    ) {
        self.facility = facility
        self.patientID = patientID
        self.images = images
        self.recency = recency
        self.isOnHold = isOnHold
        self.readers = readers
        self.referrals = referrals
    }
}

/// How a reader stands to an exam.
package enum ReaderStanding: Hashable, Sendable {
    /// The protocol hides what others think until this reader's own read is sealed, and it is not: no report goes out.
    case owesBlindRead
    /// Nothing is hidden.
    case seesReports
}
