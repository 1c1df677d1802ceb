// ChartEntry owns one entry of a patient's chart: a visit, a finding, an order, a report, a document, a note of images.
//
// Pure. The same entry in another form of document is the same value.

/// An entry of a chart.
package struct ChartEntry: Hashable, Sendable, Codable {
    /// What an entry is.
    package enum Kind: String, Hashable, Sendable, CaseIterable, Codable {
        case encounter, condition, order, report, document, imaging
    }

    /// Its own among the patient's entries, as its sender calls it: `E1`, `ServiceRequest/S-7`.
    package let name: String
    package let kind: Kind
    package let patient: PatientIdentity
    /// Each once.
    package let accessionNumbers: [String]
    /// Each once.
    package let studyInstanceUIDs: [String]
    /// Exams that the chart says outright belong to it.
    package let statedExams: [ExamReference]
    /// The name of the encounter that it belongs to; nil for none.
    package let encounter: String?
    /// `YYYY-MM-DD`, or an instant; nil when it is not known.
    package let time: String?
    package let title: String?
    /// Lines end with a line feed.
    package let text: String?
    /// In its sender's words: `final`, `in-progress`.
    package let status: String?

    package init(
        name: String, kind: Kind, patient: PatientIdentity, accessionNumbers: [String] = [],
        studyInstanceUIDs: [String] = [], statedExams: [ExamReference] = [], encounter: String? = nil,
        time: String? = nil, title: String? = nil, text: String? = nil, status: String? = nil
    ) {
        self.name = name
        self.kind = kind
        self.patient = patient
        self.accessionNumbers = accessionNumbers
        self.studyInstanceUIDs = studyInstanceUIDs
        self.statedExams = statedExams
        self.encounter = encounter
        self.time = time
        self.title = title
        self.text = text
        self.status = status
    }

    /// The day, `YYYY-MM-DD`, as the clock on its sender's wall said it.
    package var day: String? { time.map { String($0.prefix(10)) } }

    /// Whether it was entered by mistake, and says nothing any more.
    package var isVoid: Bool { status == "entered-in-error" }

    /// Whether it names exams by a number of theirs.
    package var namesExams: Bool {
        !accessionNumbers.isEmpty || !studyInstanceUIDs.isEmpty || !statedExams.isEmpty
    }
}
