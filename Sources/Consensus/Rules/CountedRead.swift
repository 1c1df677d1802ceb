// One read that a determination is made from, and what is known of its reader.

/// A sealed read.
package struct CountedRead: Sendable, Equatable {
    package let reader: String
    package let label: String
    /// 0 to 1, as the reader gave it. It is recorded and weighs nothing.
    package let confidence: Double?
    /// The read's digest; orders reads of one reader.
    package let digest: String
    /// Whether it was given as the arbiter's, after escalation: it decides, and is not counted with the others.
    package let isArbitration: Bool

    package init(
        reader: String, label: String, confidence: Double? = nil, digest: String, isArbitration: Bool = false
    ) {
        self.reader = reader
        self.label = label
        self.confidence = confidence
        self.digest = digest
        self.isArbitration = isArbitration
    }

    /// The canonical order, in which everything is summed and reported.
    static func canonical(_ one: CountedRead, _ other: CountedRead) -> Bool {
        (one.reader, one.digest, one.label) < (other.reader, other.digest, other.label)
    }
}

/// What is declared of a reader.
package struct DeclaredSkill: Sendable, Equatable {
    package let weight: Weight
    /// How often the reader is right about positive exams, above 0 and below 1; nil when nothing is declared.
    package let sensitivity: Double?
    package let specificity: Double?

    package init(weight: Weight = .one, sensitivity: Double? = nil, specificity: Double? = nil) {
        self.weight = weight
        self.sensitivity = sensitivity
        self.specificity = specificity
    }
}

/// What is known of readers on the day of a determination.
package struct ReaderSkills: Sendable {
    /// By reader; who is not there has weight 1 and nothing else declared.
    package let declared: [String: DeclaredSkill]
    /// What was learnt from reads of many exams; nil when there was none.
    package let learnt: LearntSkills?

    package init(declared: [String: DeclaredSkill] = [:], learnt: LearntSkills? = nil) {
        self.declared = declared
        self.learnt = learnt
    }

    func declared(_ reader: String) -> DeclaredSkill { declared[reader] ?? DeclaredSkill() }
}
