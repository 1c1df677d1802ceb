// ExamReference owns how a document of a party names an exam, before the catalogue says which exam that is.
//
// Pure. It names, and never knows whether there is such an exam or whether the party may see it.

/// An exam as a party names it: by accession number, by study UID, or by both, which then must agree.
package struct ExamReference: Hashable, Sendable, Codable {
    /// The facility's party id; nil when the document leaves it out, which means: the one that fits.
    package let facility: String?
    /// nil when the exam is named by its study UID alone.
    package let accessionNumber: String?
    /// nil when the exam is named by its accession number alone.
    package let studyInstanceUID: String?

    package init(facility: String? = nil, accessionNumber: String? = nil, studyInstanceUID: String? = nil) {
        self.facility = facility
        self.accessionNumber = accessionNumber
        self.studyInstanceUID = studyInstanceUID
    }

    /// Whether it names any exam at all.
    package var namesExam: Bool { accessionNumber != nil || studyInstanceUID != nil }
}
