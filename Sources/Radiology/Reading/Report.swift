// Report owns what a party writes about an exam to be sent along with its images (contract, section 3).
//
// Pure. It names its exam, its attachment and the report that it supersedes; whether there are such is decided elsewhere.

/// A report as a party sends it.
package struct Report: Hashable, Sendable {
    /// How far along a report is.
    package enum Status: String, CaseIterable, Sendable {
        case preliminary, final, amended, cancelled
    }

    package let exam: ExamReference
    /// Who wrote it: a party id, or a name; nil when it does not say, which means the party that sends it.
    package let author: String?
    package let status: Status
    /// nil when the attachment says it all.
    package let text: String?
    /// The purpose by which its party holds the exam; nil for the party's default purpose.
    package let purpose: String?
    /// A file of the same drop, by its path from the report's own folder; nil for none.
    package let attachment: String?
    /// The digest of the earlier report that this one takes the place of, 64 hexadecimal digits; nil for none.
    package let supersedes: String?

    package init(
        exam: ExamReference, author: String? = nil, status: Status, text: String? = nil, purpose: String? = nil,
        attachment: String? = nil, supersedes: String? = nil
    ) {
        self.exam = exam
        self.author = author
        self.status = status
        self.text = text
        self.purpose = purpose
        self.attachment = attachment
        self.supersedes = supersedes
    }

    /// The same in the place of an earlier one: what is final after a final report is an amendment.
    ///
    /// - Parameters:
    ///   - supersedes: The earlier report's digest.
    ///   - earlier: Its status.
    package func inPlace(of supersedes: String, _ earlier: Status) -> Report {
        let isAmendment = status == .final && earlier != .preliminary
        return Report(
            exam: exam, author: author, status: isAmendment ? .amended : status, text: text, purpose: purpose,
            attachment: attachment, supersedes: supersedes)
    }
}
