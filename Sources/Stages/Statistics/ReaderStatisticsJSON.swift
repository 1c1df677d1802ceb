// The figures of readers as JSON. Pure: the same figures give the same bytes.

internal import Catalog
internal import Interchange
internal import Pages

struct ReaderStatisticsJSON {
    private var text = JSONText()

    /// - Parameter facts: What the figures were made from; the same facts give the same figures.
    static func bytes(_ page: ReadersPage, facts: StatisticsFacts) -> [UInt8] {
        var writer = ReaderStatisticsJSON()
        writer.write(page, facts)
        return writer.text.take()
    }

    private mutating func write(_ page: ReadersPage, _ facts: StatisticsFacts) {
        text.raw("{\"type\":\"readers\",\n")
        text.key("newestReadAt", first: true)
        text.string(page.newestReadAt)
        text.key("seed")
        text.number(page.seed)
        text.key("facts")
        text.string(facts.text)
        text.raw(",\n\"protocols\":[")
        for (index, figures) in page.protocols.enumerated() {
            text.raw(index == 0 ? "\n{" : ",\n{")
            write(figures)
            text.raw("}")
        }
        text.raw("]}\n")
    }

    private mutating func write(_ figures: ReadingFigures) {
        text.key("protocol", first: true)
        text.string(figures.protocolID)
        text.key("labels")
        text.strings(figures.labels)
        text.key("ordered")
        text.boolean(figures.isOrdered)
        text.key("positive")
        text.string(figures.positive)
        text.key("exams")
        text.number(figures.examCount)
        text.key("determined")
        text.number(figures.determinedCount)
        text.raw(",\n\"readers\":[")
        for (index, reader) in figures.readers.enumerated() {
            text.raw(index == 0 ? "\n{" : ",\n{")
            write(reader)
            text.raw("}")
        }
        text.raw("],\n\"agreement\":{")
        write(figures.agreement)
        text.raw("},\n\"pairs\":[")
        for (index, pair) in figures.pairs.enumerated() {
            text.raw(index == 0 ? "\n{" : ",\n{")
            write(pair)
            text.raw("}")
        }
        text.raw("]")
    }

    private mutating func write(_ reader: ReaderFigures) {
        text.key("reader", first: true)
        text.string(reader.id)
        text.key("name")
        text.string(reader.name)
        text.key("assigned")
        text.number(reader.assignedCount)
        text.key("read")
        text.number(reader.readCount)
        text.key("open")
        text.number(reader.openCount)
        text.key("blindReads")
        text.number(reader.blindReadCount)
        text.key("turnaroundSeconds")
        if let turnaround = reader.turnaround { write(turnaround) } else { text.null() }
        text.key("recallRate")
        write(reader.recallRate)
        text.key("sensitivity")
        write(reader.sensitivity)
        text.key("specificity")
        write(reader.specificity)
    }

    private mutating func write(_ turnaround: TurnaroundFigures) {
        text.raw("{")
        text.key("count", first: true)
        text.number(turnaround.count)
        text.key("lowerQuartile")
        number(turnaround.lowerQuartile)
        text.key("median")
        number(turnaround.median)
        text.key("upperQuartile")
        number(turnaround.upperQuartile)
        text.raw("}")
    }

    private mutating func write(_ share: ShareFigures?) {
        guard let share else { return text.null() }
        text.raw("{")
        text.key("count", first: true)
        text.number(share.count)
        text.key("total")
        text.number(share.total)
        text.key("value")
        number(share.value)
        text.key("lower")
        number(share.lower)
        text.key("upper")
        number(share.upper)
        text.raw("}")
    }

    private mutating func write(_ agreement: AgreementFigures) {
        text.key("items", first: true)
        text.number(agreement.itemCount)
        text.key("reads")
        text.number(agreement.readCount)
        text.key("fleissKappa")
        write(agreement.fleissKappa)
        text.key("krippendorffAlphaNominal")
        write(agreement.alphaNominal)
        text.key("krippendorffAlphaOrdinal")
        write(agreement.alphaOrdinal)
        text.key("gwetAC1")
        write(agreement.gwetAC1)
    }

    private mutating func write(_ pair: PairFigures) {
        text.key("readers", first: true)
        text.strings([pair.first, pair.second])
        text.key("items")
        text.number(pair.itemCount)
        text.key("agreed")
        text.number(pair.agreedCount)
        text.key("cohenKappa")
        write(pair.kappa)
    }

    private mutating func write(_ estimate: EstimateFigures?) {
        guard let estimate else { return text.null() }
        text.raw("{")
        text.key("value", first: true)
        number(estimate.value)
        text.key("lower")
        if let lower = estimate.lower { number(lower) } else { text.null() }
        text.key("upper")
        if let upper = estimate.upper { number(upper) } else { text.null() }
        text.key("samples")
        text.number(estimate.sampleCount)
        text.raw("}")
    }

    private mutating func number(_ value: Double) { text.raw(ResultDocument.number(value)) }
}
