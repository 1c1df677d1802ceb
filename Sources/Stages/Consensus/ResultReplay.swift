// Determines stored results anew and says what differs: from the reads that were sealed then, by the rule as it was, with
// the weights that the configuration says were in force on that day.
//
// Reads only. A difference means that a fact, a weight of the past or this program was changed.

internal import Catalog
internal import Configuration
internal import Consensus

/// A stored version of a result, determined anew.
package struct ReplayedResult: Sendable, Equatable {
    package let exam: String
    package let version: Int
    /// What is not as it is stored: `label: recall, now benign`. Empty when all is the same.
    package let differences: [String]

    package init(exam: String, version: Int, differences: [String]) {
        self.exam = exam
        self.version = version
        self.differences = differences
    }
}

package struct ResultReplay {
    let site: SiteContext

    package init(site: SiteContext) {
        self.site = site
    }

    /// Replays every version of every result.
    ///
    /// - Parameters:
    ///   - examKey: nil for all exams.
    ///   - onResult: Called with each, by exam and version.
    package func run(examKey: String?, onResult: (ReplayedResult) -> Void) throws(StageError) {
        try StageError.wrap {
            var models = LearntModels(site.catalog)
            for row in try site.catalog.determinationRows(examKey: examKey, latestOnly: false) {
                guard let stored = try site.catalog.determination(row) else { continue }
                onResult(try replay(stored, &models))
            }
        }
    }

    private func replay(_ stored: DeterminationRecord, _ models: inout LearntModels) throws -> ReplayedResult {
        let content = try ResultContent(stored.content)
        let basis = content.basis
        let reads = try ExamReads(site.catalog, study: stored.study, readLimit: basis.readLimit)
        let learnt = try basis.model.flatMap { ConsensusModel(rawValue: $0) }.flatMap { model in
            try models.skills(
                basis.rule, model: model, protocolID: basis.protocol, readLimit: basis.readLimit)
        }
        let determination = reads.determine(
            basis.rule, skills: skills(basis), learnt: learnt, isByDeadline: basis.byDeadline)
        let head = ResultHead(
            examKey: content.exam, version: content.version, ruleVersion: content.ruleVersion,
            determinedAt: content.determinedAt, images: content.images, basis: basis)
        let anew = try ResultContent(ResultDocument.json(head, determination, reads: reads.judged))
        var differences = ResultDifference.lines(stored: content, anew: anew)
        if reads.inputs != stored.inputs { differences.insert("the reads that count are others", at: 0) }
        return ReplayedResult(exam: content.exam, version: content.version, differences: differences)
    }

    /// Of the configuration on that day; of the result for readers who are no longer in it.
    private func skills(_ basis: ResultBasis) -> [SkillParameters] {
        guard let day = CalendarDate(basis.weightsOn) else { return basis.skills }
        let declared = site.configuration.declaredSkills(of: Set(basis.skills.map(\.reader)), on: day)
        let known = Dictionary(declared.map { ($0.reader, $0) }) { first, _ in first }
        return basis.skills.map { known[$0.reader] ?? $0 }
    }
}
