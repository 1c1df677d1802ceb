// Another reader's answer, for an arbiter's page alone. Pure.

/// A read that the arbiter may see.
package struct EarlierRead: Codable, Sendable, Equatable {
    package struct Finding: Codable, Sendable, Equatable {
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

    package var readerName: String
    package var label: String
    package var confidence: Double?
    package var findings: [Finding]
    package var text: String?
    /// ISO 8601 with an offset.
    package var readAt: String?
    package var round: Int

    package init(
        readerName: String, label: String, confidence: Double? = nil, findings: [Finding] = [], text: String? = nil,
        readAt: String? = nil, round: Int = 1
    ) {
        self.readerName = readerName
        self.label = label
        self.confidence = confidence
        self.findings = findings
        self.text = text
        self.readAt = readAt
        self.round = round
    }
}
