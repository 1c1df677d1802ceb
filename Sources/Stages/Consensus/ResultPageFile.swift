// The page that shows a result to management and to the facility.
//
// Pure: made from the stored document alone.

internal import Catalog
internal import Pages

enum ResultPageFile {
    static func html(_ determination: DeterminationRecord) throws -> [UInt8] {
        try page(ResultContent(determination.content)).html()
    }

    static func page(_ result: ResultContent) throws -> ResultPage {
        guard let status = ResultPage.Status(rawValue: result.status) else {
            throw StageError.unexpected("a result has no status '\(result.status)'")
        }
        return ResultPage(
            exam: result.exam, version: result.version, supersedes: result.supersedes, status: status,
            label: result.label, reason: result.reason, rule: result.rule, ruleVersion: result.ruleVersion,
            protocolID: result.basis.protocol, model: result.basis.model, determinedAt: result.determinedAt,
            weightsOn: result.basis.weightsOn, isByDeadline: result.basis.byDeadline,
            sharesAreProbabilities: areProbabilities(result), shares: shares(result), margin: result.margin,
            reads: result.reads.map(read), minority: result.minority.map { .init(reader: $0.reader, label: $0.label) },
            images: result.images)
    }

    /// Where what a rule of probabilities needs was not there, it says so, and shares of weight stand in.
    private static func areProbabilities(_ result: ResultContent) -> Bool {
        let isOfProbabilities = ["logOdds", "latentClass"].contains(result.rule)
        return isOfProbabilities && !(result.reason?.contains("declared weights decided") ?? false)
    }

    /// In the order of the protocol, then by name.
    private static func shares(_ result: ResultContent) -> [ResultPage.Share] {
        let labels = result.basis.rule.labels
        let others = result.posterior.keys.filter { !labels.contains($0) }.sorted()
        return (labels + others).compactMap { label in
            result.posterior[label].map { ResultPage.Share(label: label, value: $0) }
        }
    }

    private static func read(_ read: ResultContent.Read) -> ReportedRead {
        ReportedRead(
            reader: read.reader, label: read.label ?? "", confidence: read.confidence, weight: read.weight,
            isCounted: read.counted, note: read.reason, round: read.round, readAt: read.readAt, digest: read.digest,
            text: read.text,
            findings: read.findings.map {
                ReportedRead.Finding(
                    code: $0.code, laterality: $0.laterality, sopInstanceUID: $0.sopInstanceUID, x: $0.x, y: $0.y,
                    text: $0.text)
            })
    }
}
