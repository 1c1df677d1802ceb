// What results would be with other weights or rules: each exam's newest result, from the reads that it was made of.
//
// Reads only. What the other configuration leaves alone is as the result itself has it, so that every difference comes
// from what was asked.

internal import Catalog
package import Configuration
internal import Consensus

/// What an exam's reads come to.
package struct ExamOutcome: Sendable, Equatable {
    package let status: String
    package let label: String?
    package let posterior: [String: Double]
    package let margin: Double
}

/// An exam's result, and what it would be.
package struct WhatIfOutcome: Sendable, Equatable {
    package let exam: String
    package let version: Int
    package let before: ExamOutcome
    package let after: ExamOutcome

    package var isSame: Bool { before == after }
    /// Whether more than shares and margins would be different.
    package var isOtherResult: Bool { before.label != after.label || before.status != after.status }
}

package struct WhatIfRun {
    let site: SiteContext
    let changes: WhatIfChanges

    package init(site: SiteContext, changes: WhatIfChanges) {
        self.site = site
        self.changes = changes
    }

    /// - Parameter onExam: Called with each exam that has a result, by key.
    package func run(onExam: (WhatIfOutcome) -> Void) throws(StageError) {
        try StageError.wrap {
            var models = LearntModels(site.catalog)
            for row in try site.catalog.determinationRows(examKey: nil, latestOnly: true) {
                guard let stored = try site.catalog.determination(row) else { continue }
                onExam(try outcome(stored, &models))
            }
        }
    }

    private func outcome(_ stored: DeterminationRecord, _ models: inout LearntModels) throws -> WhatIfOutcome {
        let content = try ResultContent(stored.content)
        let basis = content.basis
        let rule = changes.readingProtocol(basis.protocol).map { RuleParameters($0) } ?? basis.rule
        let reads = try ExamReads(site.catalog, study: stored.study, readLimit: basis.readLimit)
        let model = rule == basis.rule ? basis.model.flatMap { ConsensusModel(rawValue: $0) } : rule.consensusModel
        let learnt = try models.skills(rule, model: model, protocolID: basis.protocol, readLimit: basis.readLimit)
        let determination = reads.determine(
            rule, skills: skills(basis), learnt: learnt, isByDeadline: basis.byDeadline)
        return WhatIfOutcome(
            exam: content.exam, version: content.version,
            before: ExamOutcome(
                status: content.status, label: content.label, posterior: content.posterior, margin: content.margin),
            after: ExamOutcome(
                status: determination.status.rawValue, label: determination.label, posterior: determination.posterior,
                margin: determination.margin))
    }

    /// Of a reader who is named, what the changes say of the day of the result; of others, what the result has.
    private func skills(_ basis: ResultBasis) -> [SkillParameters] {
        guard let day = CalendarDate(basis.weightsOn) else { return basis.skills }
        return basis.skills.compactMap { skill in
            guard changes.names(reader: skill.reader) else { return skill }
            return changes.reader(skill.reader, on: day).map { SkillParameters($0) }
        }
    }
}
