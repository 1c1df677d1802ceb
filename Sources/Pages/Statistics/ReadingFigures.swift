// The figures of one protocol's reading: how much each reader reads, how soon, how well, and how far they agree.
//
// Values only; nil is what cannot be told from so few reads.

/// What is told of the readers of one protocol.
package struct ReadingFigures: Sendable, Equatable {
    package var protocolID: String
    /// From least to most severe where ordered.
    package var labels: [String]
    package var isOrdered: Bool
    /// The label that the rule asks about; nil when it asks about none.
    package var positive: String?
    /// Exams that were assigned.
    package var examCount: Int
    /// Of these, those whose newest result is determined.
    package var determinedCount: Int
    package var readers: [ReaderFigures]
    /// Every two readers who read an item both.
    package var pairs: [PairFigures]
    package var agreement: AgreementFigures

    package init(
        protocolID: String, labels: [String], isOrdered: Bool, positive: String?, examCount: Int, determinedCount: Int,
        readers: [ReaderFigures], pairs: [PairFigures], agreement: AgreementFigures
    ) {
        self.protocolID = protocolID
        self.labels = labels
        self.isOrdered = isOrdered
        self.positive = positive
        self.examCount = examCount
        self.determinedCount = determinedCount
        self.readers = readers
        self.pairs = pairs
        self.agreement = agreement
    }
}

/// One reader's figures.
package struct ReaderFigures: Sendable, Equatable {
    package var id: String
    package var name: String
    /// Exams and rounds that were assigned, answered, and answered blind.
    package var assignedCount: Int
    package var readCount: Int
    package var blindReadCount: Int
    /// From assignment until the first read was sealed; nil without one.
    package var turnaround: TurnaroundFigures?
    /// Blind reads of the positive label, of all.
    package var recallRate: ShareFigures?
    /// Blind positive reads of exams with a positive result; blind negative ones of the others.
    package var sensitivity: ShareFigures?
    package var specificity: ShareFigures?

    package init(
        id: String, name: String, assignedCount: Int, readCount: Int, blindReadCount: Int,
        turnaround: TurnaroundFigures?, recallRate: ShareFigures?, sensitivity: ShareFigures?,
        specificity: ShareFigures?
    ) {
        self.id = id
        self.name = name
        self.assignedCount = assignedCount
        self.readCount = readCount
        self.blindReadCount = blindReadCount
        self.turnaround = turnaround
        self.recallRate = recallRate
        self.sensitivity = sensitivity
        self.specificity = specificity
    }

    /// What is assigned and not answered.
    package var openCount: Int { max(0, assignedCount - readCount) }
}

/// Seconds, by quartiles.
package struct TurnaroundFigures: Sendable, Equatable {
    package var count: Int
    package var lowerQuartile: Double
    package var median: Double
    package var upperQuartile: Double

    package init(count: Int, lowerQuartile: Double, median: Double, upperQuartile: Double) {
        self.count = count
        self.lowerQuartile = lowerQuartile
        self.median = median
        self.upperQuartile = upperQuartile
    }
}

/// So many of so many, with the interval of 95 %.
package struct ShareFigures: Sendable, Equatable {
    package var count: Int
    package var total: Int
    package var value: Double
    package var lower: Double
    package var upper: Double

    package init(count: Int, total: Int, value: Double, lower: Double, upper: Double) {
        self.count = count
        self.total = total
        self.value = value
        self.lower = lower
        self.upper = upper
    }
}

/// A measure of agreement, with the interval of 95 % where resampling gave one.
package struct EstimateFigures: Sendable, Equatable {
    package var value: Double
    package var lower: Double?
    package var upper: Double?
    /// Times that the items were resampled.
    package var sampleCount: Int

    package init(value: Double, lower: Double?, upper: Double?, sampleCount: Int) {
        self.value = value
        self.lower = lower
        self.upper = upper
        self.sampleCount = sampleCount
    }
}

/// How far two readers agree.
package struct PairFigures: Sendable, Equatable {
    package var first: String
    package var second: String
    /// Exams and rounds that both read blind.
    package var itemCount: Int
    package var agreedCount: Int
    /// Cohen's; nil when both gave one and the same label to all.
    package var kappa: EstimateFigures?

    package init(first: String, second: String, itemCount: Int, agreedCount: Int, kappa: EstimateFigures?) {
        self.first = first
        self.second = second
        self.itemCount = itemCount
        self.agreedCount = agreedCount
        self.kappa = kappa
    }
}

/// How far all readers agree.
package struct AgreementFigures: Sendable, Equatable {
    /// Exams and rounds with two blind reads or more, and the reads of these.
    package var itemCount: Int
    package var readCount: Int
    package var fleissKappa: EstimateFigures?
    package var alphaNominal: EstimateFigures?
    /// nil also where labels have no order.
    package var alphaOrdinal: EstimateFigures?
    package var gwetAC1: EstimateFigures?

    package init(
        itemCount: Int, readCount: Int, fleissKappa: EstimateFigures?, alphaNominal: EstimateFigures?,
        alphaOrdinal: EstimateFigures?, gwetAC1: EstimateFigures?
    ) {
        self.itemCount = itemCount
        self.readCount = readCount
        self.fleissKappa = fleissKappa
        self.alphaNominal = alphaNominal
        self.alphaOrdinal = alphaOrdinal
        self.gwetAC1 = gwetAC1
    }
}
