// AccessPolicy owns the rules by which a site gives exams out.
//
// Pure. What it decides depends on what it is asked with alone.

/// The purposes of a site, and what its facilities share.
package struct AccessPolicy: Hashable, Sendable {
    /// In the order of the configuration; each id once.
    package let purposes: [Purpose]
    package let sharing: [SharedExams]

    /// The purpose of a reader who asks for an exam to read; its answer is a packet and no delivery.
    package static let readingPurpose = "reading"

    package init(purposes: [Purpose], sharing: [SharedExams] = []) {
        self.purposes = purposes
        self.sharing = sharing
    }

    package func purpose(_ id: String) -> Purpose? { purposes.first { $0.id == id } }
}
