// The words and lengths of a result page, as its template takes them. Pure.
//
// Invariant: a key that a list's items have is on no level above it, because a template looks upwards for what is missing.

struct ResultPageText {
    private let page: ResultPage

    init(_ page: ResultPage) {
        self.page = page
    }

    /// Width of the widest bar, in the units of its drawing.
    private static let fullWidth = 1000.0
    /// Digits of a digest that are shown; all of them are in its title.
    private static let digestDigits = 12

    var values: [String: Any] {
        var values: [String: Any] = [
            "policy": ReportStyles.policy, "styles": ReportStyles.text, "title": title,
            "exam": ShownText.line(page.exam), "version": page.version, "statusClass": statusClass,
            "headline": headline, "statusText": statusText, "determinedAt": ShownText.line(page.determinedAt),
            "determinedText": ShownText.time(page.determinedAt), "protocol": ShownText.line(page.protocolID),
            "rule": ShownText.line(page.rule), "ruleVersion": ShownText.line(page.ruleVersion),
            "weightsOn": ShownText.line(page.weightsOn), "countedReads": page.reads.count(where: \.isCounted),
            "allReads": page.reads.count, "byDeadline": page.isByDeadline, "margin": ShownText.percent(page.margin),
            "documentName": "\(ShownText.line(page.exam)).v\(page.version).json",
        ]
        values["why"] = page.reason.map(ShownText.clean)
        values["superseded"] = page.supersedes
        values["model"] = page.model.map(ShownText.line)
        addShares(to: &values)
        addReads(to: &values)
        values["imageCount"] = page.images.count == 1 ? "1 image" : "\(page.images.count) images"
        values["images"] = page.images.map(ShownText.line)
        return values
    }

    private var title: String { "\(ShownText.line(page.exam)) v\(page.version): \(headline)" }

    var headline: String {
        page.label.map(ShownText.line) ?? (page.status == .escalated ? "No result yet" : "No result")
    }

    var statusText: String {
        switch page.status {
        case .determined: "Determined"
        case .escalated: "Escalated: an arbiter decides"
        case .undetermined: "Undetermined"
        case .technicalRecall: "Technical recall: the images must be taken again"
        }
    }

    private var statusClass: String { page.status == .determined ? "determined" : "open" }

    private func addShares(to values: inout [String: Any]) {
        values["sharesTitle"] = page.sharesAreProbabilities ? "Probability of each label" : "Share of the weight"
        values["sharesColumn"] = page.sharesAreProbabilities ? "Probability" : "Share"
        values["hasShares"] = !page.shares.isEmpty
        values["shares"] = page.shares.map { share -> [String: Any] in
            [
                "shareLabel": ShownText.line(share.label), "share": ShownText.percent(share.value),
                "shareWidth": ShownText.fixed(min(1, max(0, share.value)) * Self.fullWidth, 1),
                "isResult": share.label == page.label,
            ]
        }
    }

    private func addReads(to values: inout [String: Any]) {
        values["reads"] = page.reads.map(read)
        values["hasMinority"] = !page.minority.isEmpty
        values["minority"] = page.minority.map {
            ["opinionReader": ShownText.line($0.reader), "opinionLabel": ShownText.line($0.label)]
        }
        let narratives = page.reads.filter { $0.text.map { !$0.isEmpty } ?? false || !$0.findings.isEmpty }
        values["hasNarratives"] = !narratives.isEmpty
        values["narratives"] = narratives.map(narrative)
    }

    private func read(_ read: ReportedRead) -> [String: Any] {
        var values: [String: Any] = [
            "reader": ShownText.line(read.reader), "readLabel": ShownText.line(read.label),
            "confidence": read.confidence.map(ShownText.short) ?? "\u{2013}",
            "weight": read.isCounted ? ShownText.short(read.weight) : "\u{2013}", "isCounted": read.isCounted,
            "countedText": read.isCounted ? "yes" : "no", "round": read.round,
            "readAt": ShownText.line(read.readAt), "readText": ShownText.time(read.readAt),
            "digest": ShownText.line(read.digest), "shortDigest": shortened(read.digest),
        ]
        values["note"] = read.note.map { ShownText.line(shorteningDigests($0)) }
        return values
    }

    private func narrative(_ read: ReportedRead) -> [String: Any] {
        var values: [String: Any] = [
            "author": ShownText.line(read.reader), "authorLabel": ShownText.line(read.label),
            "authorRound": read.round, "authorCounted": read.isCounted, "hasFindings": !read.findings.isEmpty,
            "findings": read.findings.map(finding),
        ]
        values["narrative"] = read.text.flatMap { $0.isEmpty ? nil : ShownText.clean($0) }
        return values
    }

    private func finding(_ finding: ReportedRead.Finding) -> [String: Any] {
        let place = finding.x.flatMap { x in finding.y.map { "\(ShownText.short(x)), \(ShownText.short($0))" } }
        return [
            "code": ShownText.line(finding.code ?? ""), "side": ShownText.line(finding.laterality ?? ""),
            "place": place ?? "", "image": ShownText.line(finding.sopInstanceUID ?? ""),
            "shortImage": imageNumber(finding.sopInstanceUID),
            "findingText": ShownText.clean(finding.text ?? ""),
        ]
    }

    /// The place of an image in the page's list, which says more than the end of a UID.
    func imageNumber(_ uid: String?) -> String {
        guard let uid else { return "" }
        guard let place = page.images.firstIndex(of: uid) else { return ShownText.line(uid) }
        return "image \(place + 1)"
    }

    private func shortened(_ digest: String) -> String { ShownText.line(String(digest.prefix(Self.digestDigits))) }

    /// A reason that names another read by all of its digest.
    func shorteningDigests(_ text: String) -> String {
        text.split(separator: " ", omittingEmptySubsequences: false).map { word in
            word.count == 64 && word.allSatisfy(\.isHexDigit) ? String(word.prefix(Self.digestDigits)) : String(word)
        }.joined(separator: " ")
    }
}
