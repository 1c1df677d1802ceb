// The words and lengths of one protocol's figures, as the template takes them. Pure.

struct ReadingFiguresText {
    private let figures: ReadingFigures
    /// Tells the headings of several protocols apart.
    private let number: Int

    init(_ figures: ReadingFigures, number: Int) {
        self.figures = figures
        self.number = number
    }

    private static let fullWidth = 1000.0
    private static let none = "\u{2013}"

    var values: [String: Any] {
        let most = max(1, figures.readers.map { max($0.assignedCount, $0.readCount) }.max() ?? 1)
        var values: [String: Any] = [
            "number": number, "protocol": ShownText.line(figures.protocolID),
            "labels": figures.labels.map(ShownText.line).joined(separator: figures.isOrdered ? " < " : ", "),
            "examCount": figures.examCount, "determinedCount": figures.determinedCount,
            "hasPositive": figures.positive != nil, "positive": ShownText.line(figures.positive ?? ""),
            "readers": figures.readers.map { reader($0, most: most) },
            "agreementItems": figures.agreement.itemCount, "agreementReads": figures.agreement.readCount,
            "measures": measures, "hasPairs": !figures.pairs.isEmpty, "pairs": figures.pairs.map(pair),
        ]
        if figures.readers.count > 1, !figures.pairs.isEmpty {
            values["matrix"] = AgreementMatrix(figures).svg
        }
        return values
    }

    private func reader(_ reader: ReaderFigures, most: Int) -> [String: Any] {
        func width(_ count: Int) -> String { ShownText.fixed(Double(count) / Double(most) * Self.fullWidth, 1) }
        return [
            "readerID": ShownText.line(reader.id), "readerName": ShownText.line(reader.name),
            "assigned": reader.assignedCount, "answered": reader.readCount, "blind": reader.blindReadCount,
            "open": reader.openCount, "assignedWidth": width(reader.assignedCount),
            "answeredWidth": width(reader.readCount),
            "median": reader.turnaround.map { ShownText.duration($0.median) } ?? Self.none,
            "quartiles": reader.turnaround.map {
                "\(ShownText.duration($0.lowerQuartile)) to \(ShownText.duration($0.upperQuartile))"
            } ?? Self.none,
            "accuracy": [
                share("Sensitivity", reader.sensitivity, isFirst: true), share("Specificity", reader.specificity),
                share("Recall rate", reader.recallRate),
            ],
        ]
    }

    private func share(_ name: String, _ share: ShareFigures?, isFirst: Bool = false) -> [String: Any] {
        let head: [String: Any] = ["figure": name, "isFirst": isFirst, "isKnown": share != nil]
        guard let share else { return head }
        func place(_ value: Double) -> String { ShownText.fixed(value * Self.fullWidth, 1) }
        let texts: [String: Any] = [
            "percent": ShownText.percent(share.value),
            "interval": "\(ShownText.fixed(share.lower * 100, 1)) to \(ShownText.percent(share.upper))",
            "counts": "\(share.count) of \(share.total)", "from": place(share.lower), "to": place(share.upper),
            "point": ShownText.fixed(share.value * Self.fullWidth - 6, 1),
        ]
        return head.merging(texts) { own, _ in own }
    }

    private var measures: [[String: Any]] {
        let agreement = figures.agreement
        var measures = [
            ("Fleiss\u{2019} kappa", agreement.fleissKappa),
            ("Krippendorff\u{2019}s alpha, nominal", agreement.alphaNominal),
        ]
        if figures.isOrdered { measures.append(("Krippendorff\u{2019}s alpha, ordinal", agreement.alphaOrdinal)) }
        measures.append(("Gwet\u{2019}s AC1", agreement.gwetAC1))
        return measures.map { name, estimate in
            ["measure": name].merging(estimateTexts(estimate)) { own, _ in own }
        }
    }

    private func pair(_ pair: PairFigures) -> [String: Any] {
        [
            "first": ShownText.line(pair.first), "second": ShownText.line(pair.second), "both": pair.itemCount,
            "agreed": ShownText.percent(Double(pair.agreedCount) / Double(max(1, pair.itemCount))),
        ].merging(estimateTexts(pair.kappa)) { own, _ in own }
    }

    private func estimateTexts(_ estimate: EstimateFigures?) -> [String: Any] {
        guard let estimate else { return ["estimate": Self.none, "estimateInterval": Self.none] }
        let interval = estimate.lower.flatMap { lower in
            estimate.upper.map { "\(ShownText.fixed(lower, 2)) to \(ShownText.fixed($0, 2))" }
        }
        return ["estimate": ShownText.fixed(estimate.value, 2), "estimateInterval": interval ?? Self.none]
    }
}
