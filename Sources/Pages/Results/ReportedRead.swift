// A read as a report shows it. Pure.

/// What one reader said, and what became of it.
package struct ReportedRead: Sendable, Equatable {
    package struct Finding: Sendable, Equatable {
        package var code: String?
        package var laterality: String?
        package var sopInstanceUID: String?
        /// Column and row, 0-based.
        package var x: Double?
        package var y: Double?
        package var text: String?

        package init(
            code: String? = nil, laterality: String? = nil, sopInstanceUID: String? = nil, x: Double? = nil,
            y: Double? = nil, text: String? = nil
        ) {
            self.code = code
            self.laterality = laterality
            self.sopInstanceUID = sopInstanceUID
            self.x = x
            self.y = y
            self.text = text
        }
    }

    package var reader: String
    package var label: String
    /// 0 to 1.
    package var confidence: Double?
    package var weight: Double
    package var isCounted: Bool
    /// Why it was not counted, or what it did besides.
    package var note: String?
    package var round: Int
    /// ISO 8601 with an offset.
    package var readAt: String
    /// SHA-256 in hexadecimal digits.
    package var digest: String
    package var text: String?
    package var findings: [Finding]

    package init(
        reader: String, label: String, confidence: Double? = nil, weight: Double, isCounted: Bool, note: String? = nil,
        round: Int, readAt: String, digest: String, text: String? = nil, findings: [Finding] = []
    ) {
        self.reader = reader
        self.label = label
        self.confidence = confidence
        self.weight = weight
        self.isCounted = isCounted
        self.note = note
        self.round = round
        self.readAt = readAt
        self.digest = digest
        self.text = text
        self.findings = findings
    }
}
