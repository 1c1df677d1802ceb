// ExamRequest owns the request for stored exams: which, for what purpose, how much of them, in which form.
//
// Pure. What it asks for and what it gets are two things: the purpose decides.

/// A request to be given exams.
package struct ExamRequest: Hashable, Sendable {
    /// One exam by name, or all that a query finds.
    package enum Subject: Hashable, Sendable {
        case exam(ExamReference)
        case exams(ExamQuery)
    }

    /// What to do where the purpose allows less than is wanted.
    package enum Preference: String, Hashable, Sendable, CaseIterable {
        /// Give what is allowed.
        case reduce
        /// Give nothing.
        case refuse
    }

    /// How the delivery is packed.
    package enum Format: String, Hashable, Sendable, CaseIterable {
        case folder, zip, tar
    }

    /// `[A-Za-z0-9._-]{1,64}`, unique for the party.
    package let id: String
    package let subject: Subject
    /// The id of a purpose, as it was written.
    package let purpose: String
    /// nil asks for all that the purpose allows.
    package let want: RequestedRange?
    package let prefer: Preference
    package let format: Format
    /// Whether a DICOMDIR is wanted too.
    package let dicomdir: Bool

    package init(
        id: String, subject: Subject, purpose: String, want: RequestedRange? = nil, prefer: Preference = .reduce,
        format: Format = .folder, dicomdir: Bool = false
    ) {
        self.id = id
        self.subject = subject
        self.purpose = purpose
        self.want = want
        self.prefer = prefer
        self.format = format
        self.dicomdir = dicomdir
    }
}
