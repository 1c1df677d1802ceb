// ReportedOpinion owns what one reader found, as a result tells it.

/// A read that counted.
package struct ReportedOpinion: Codable, Hashable, Sendable {
    package let reader: ReportedParty
    /// The name by which structured reports call the reader, `SATO^JIRO`; nil when only the name for people is known.
    package let personName: String?
    package let label: String
    /// ISO 8601 with offset.
    package let readAt: String
    package let text: String?
    package let findings: [Finding]

    package struct Finding: Codable, Hashable, Sendable {
        package let code: String?
        /// `L`, `R`, `B` or `U`.
        package let laterality: String?
        package let sopInstanceUID: String?
        /// Columns and rows of the image, from its upper left corner.
        package let x: Double?
        package let y: Double?
        package let text: String?

        package init(
            code: String?, laterality: String?, sopInstanceUID: String?, x: Double?, y: Double?, text: String?
        ) {
            self.code = code
            self.laterality = laterality
            self.sopInstanceUID = sopInstanceUID
            self.x = x
            self.y = y
            self.text = text
        }
    }

    package init(
        reader: ReportedParty, personName: String?, label: String, readAt: String, text: String?, findings: [Finding]
    ) {
        self.reader = reader
        self.personName = personName
        self.label = label
        self.readAt = readAt
        self.text = text
        self.findings = findings
    }

    /// The reader's name as DICOM and HL7 take one: without a structured name, the name for people as the family name.
    var structuredName: String {
        personName
            ?? String(reader.name.unicodeScalars.map { "^=\\".unicodeScalars.contains($0) ? " " : Character($0) })
    }
}
