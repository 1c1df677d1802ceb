// Diagnosis owns what one reader's document says of one exam: a read before it is resolved and sealed.
//
// Pure. What the document leaves out is nil and stays so; who the reader is, which exam is meant and which label a
// code stands for are decided later, by those who know the parties, the catalogue and the protocol.

/// An individual diagnosis as it was dropped.
package struct Diagnosis: Hashable, Sendable {
    /// The reader's party id; nil when the document has none: then `readerPersonName` says who, and without that
    /// the party that dropped it is the reader.
    package let reader: String?
    package let exam: ExamReference
    /// The patient as the document names them, to be compared with the exam's; nil when it does not.
    package let patientID: String?
    package let issuerOfPatientID: String?
    /// The answer; nil for a bare retraction, and for a report that says it by code (`labelCodes`).
    package let label: String?
    /// 0 to 1; nil when the reader gave none.
    package let confidence: Double?
    package let findings: [Finding]
    /// nil when there is none; never empty.
    package let text: String?
    /// ISO 8601 with an offset, as `Instant.text` writes it; nil in no document of the contract's forms.
    package let readAt: String?
    /// 1 or more; 1 when the document says nothing.
    package let round: Int
    /// The version of the packet that was read; nil when the document says nothing.
    package let packetVersion: Int?
    /// The digest of the read that this withdraws, 64 lower-case hexadecimal digits; nil when it withdraws none.
    package let retracts: String?
    /// `SATO^JIRO`: the reader's name in DICOM's order of components, or whatever stands there, to be looked for
    /// among the readers' `personName`, then their ids. nil when the document names nobody.
    package let readerPersonName: String?
    /// All coded answers of a structured report in the order of the document, for the protocol's `srLabels` to
    /// pick from. Empty for forms that say the label itself.
    package let labelCodes: [CodedConcept]
    /// Whether a structured report says that its content was attested by its reader; nil for other forms.
    package let isVerified: Bool?

    package init(
        reader: String? = nil, exam: ExamReference, patientID: String? = nil, issuerOfPatientID: String? = nil,
        label: String? = nil, confidence: Double? = nil, findings: [Finding] = [], text: String? = nil,
        readAt: String? = nil, round: Int = 1, packetVersion: Int? = nil, retracts: String? = nil,
        readerPersonName: String? = nil, labelCodes: [CodedConcept] = [], isVerified: Bool? = nil
    ) {
        self.reader = reader
        self.exam = exam
        self.patientID = patientID
        self.issuerOfPatientID = issuerOfPatientID
        self.label = label
        self.confidence = confidence
        self.findings = findings
        self.text = text
        self.readAt = readAt
        self.round = round
        self.packetVersion = packetVersion
        self.retracts = retracts
        self.readerPersonName = readerPersonName
        self.labelCodes = labelCodes
        self.isVerified = isVerified
    }

    /// The first coded answer; nil when there is none.
    package var labelCode: CodedConcept? { labelCodes.first }

    /// The labels that the coded answers mean, each once, in the order of the document.
    ///
    /// - Parameter srLabels: The protocol's codes, `scheme:value`, of each label.
    /// - Returns: One label for a report that is clear; none, or several, for one that must be refused.
    package func labels(by srLabels: [String: [String]]) -> [String] {
        var found: [String] = []
        for code in labelCodes {
            let meant = srLabels.filter { $0.value.contains(code.key) }.keys.sorted()
            found += meant.filter { !found.contains($0) }
        }
        return found
    }
}
