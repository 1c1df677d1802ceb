// The page that shows the result of an exam to management and to its facility.
//
// Owns what such a page is told. It is one file without scripts; everything on it is in these values.

/// One version of a result.
package struct ResultPage: Sendable, Equatable {
    /// A label with its share of the weight, or its probability.
    package struct Share: Sendable, Equatable {
        package var label: String
        package var value: Double

        package init(label: String, value: Double) {
            self.label = label
            self.value = value
        }
    }

    /// What a reader said, who was not of the result's opinion.
    package struct Opinion: Sendable, Equatable {
        package var reader: String
        package var label: String

        package init(reader: String, label: String) {
            self.reader = reader
            self.label = label
        }
    }

    package enum Status: String, Sendable {
        case determined, escalated, undetermined, technicalRecall
    }

    package var exam: String
    package var version: Int
    /// The version before; nil for the first.
    package var supersedes: Int?
    package var status: Status
    package var label: String?
    package var reason: String?
    package var rule: String
    package var ruleVersion: String
    package var protocolID: String
    /// The model that was learnt with.
    package var model: String?
    /// ISO 8601 with an offset.
    package var determinedAt: String
    /// The day whose weights were in force.
    package var weightsOn: String
    package var isByDeadline: Bool
    /// Whether the shares are probabilities.
    package var sharesAreProbabilities: Bool
    /// In the protocol's order.
    package var shares: [Share]
    package var margin: Double
    package var reads: [ReportedRead]
    package var minority: [Opinion]
    /// SOP Instance UIDs.
    package var images: [String]

    package init(
        exam: String, version: Int, supersedes: Int? = nil, status: Status, label: String?, reason: String? = nil,
        rule: String, ruleVersion: String, protocolID: String, model: String? = nil, determinedAt: String,
        weightsOn: String, isByDeadline: Bool = false, sharesAreProbabilities: Bool = false, shares: [Share],
        margin: Double, reads: [ReportedRead], minority: [Opinion] = [], images: [String] = []
    ) {
        self.exam = exam
        self.version = version
        self.supersedes = supersedes
        self.status = status
        self.label = label
        self.reason = reason
        self.rule = rule
        self.ruleVersion = ruleVersion
        self.protocolID = protocolID
        self.model = model
        self.determinedAt = determinedAt
        self.weightsOn = weightsOn
        self.isByDeadline = isByDeadline
        self.sharesAreProbabilities = sharesAreProbabilities
        self.shares = shares
        self.margin = margin
        self.reads = reads
        self.minority = minority
        self.images = images
    }

    /// The page; the same values give the same bytes.
    package func html() -> [UInt8] { Array(PageTemplate.result.render(ResultPageText(self).values).utf8) }
}
