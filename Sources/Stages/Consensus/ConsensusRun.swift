// Determines every exam that its protocol allows: one version of a result for each state of its reads.
//
// Repeating it changes nothing. Reads that join or change after a result make a new version; changed weights and rules do
// not, until a read does: a result is what the rule and the weights of its time made of its reads.

internal import Catalog
internal import Configuration
internal import Consensus
internal import Pipeline

package struct ConsensusRun {
    let site: SiteContext

    package init(site: SiteContext) {
        self.site = site
    }

    /// - Returns: Keys and versions of the results that were made.
    package func run(onExam: () -> Void = {}) throws(StageError) -> [(exam: String, version: Int, label: String)] {
        try StageError.wrap {
            var made: [(exam: String, version: Int, label: String)] = []
            var models = LearntModels(site.catalog)
            let exams = try site.catalog.examsToDetermine(changedOnly: true)
            // After the exams, so that no change is taken for looked at whose read is beyond the limit; and once, so that
            // a read that comes meanwhile plays no part in any result of this run.
            let readLimit = try site.catalog.lastSeal()
            for exam in exams {
                if let result = try determine(exam, readLimit, &models) { made.append(result) }
                onExam()
            }
            return made
        }
    }

    private func determine(
        _ exam: ChangedExam, _ readLimit: Int64, _ models: inout LearntModels
    ) throws -> (exam: String, version: Int, label: String)? {
        guard let examCase = try examCase(exam, readLimit) else { return nil }
        let (reads, reading) = (examCase.reads, examCase.reading)
        let isByDeadline = examCase.isByDeadline(
            nowSeconds: site.clock.seconds, seconds: { SiteClock.seconds(of: $0) })
        let earlier = try site.catalog.determinations(study: exam.study)
        let before = earlier.last
        // A result whose reads were withdrawn since does not stand, even when too few are left for another.
        guard examCase.isComplete || isByDeadline || before != nil else { return nil }
        if let before, before.inputs == reads.inputs {
            try site.catalog.clearChange(exam, .result)
            return nil
        }
        let rule = RuleParameters(reading, minimumReads: examCase.minimumReads)
        let learnt = try models.skills(
            rule, model: rule.consensusModel, protocolID: reading.id, readLimit: readLimit)
        let skills = site.configuration.declaredSkills(of: reads.countedReaders, on: site.today)
        let determination = reads.determine(rule, skills: skills, learnt: learnt, isByDeadline: isByDeadline)
        let version = (before?.version ?? 0) + 1
        let head = ResultHead(
            examKey: exam.examKey, version: version, ruleVersion: reading.ruleVersion,
            determinedAt: site.clock.timestamp, images: try site.catalog.sopInstanceUIDs(study: exam.study),
            basis: ResultBasis(
                protocol: reading.id, weightsOn: site.today.description, readLimit: readLimit,
                model: learnt?.model.rawValue, byDeadline: isByDeadline, rule: rule, skills: skills))
        let document = ResultDocument.json(head, determination, reads: reads.judged)
        let isNew = try site.catalog.determine(
            NewDetermination(
                study: exam.study, version: version, status: determination.status.rawValue,
                label: determination.label, ruleVersion: head.ruleVersion, inputs: reads.inputs,
                content: document,
                assignments: arbiters(examCase, determination), protocolID: reading.id,
                recipients: recipients(of: exam),
                chartResults: try ChartResultAssembly(site: site).results(
                    exam, document: document, earlier: earlier)),
            at: site.clock.timestamp)
        try site.catalog.clearChange(exam, .result)
        return isNew ? (exam.examKey, version, determination.label ?? determination.status.rawValue) : nil
    }

    /// nil when nobody was asked, or its protocol is no longer configured.
    private func examCase(_ exam: ChangedExam, _ readLimit: Int64) throws -> ExamCase? {
        let reads = try ExamReads(site.catalog, study: exam.study, readLimit: readLimit)
        guard let first = reads.assignments.first, let reading = site.readingProtocol(first.protocolID) else {
            return nil
        }
        return ExamCase(exam: exam, reading: reading, reads: reads)
    }

    /// The arbiter of an escalated exam, unless they have it to read already.
    private func arbiters(_ examCase: ExamCase, _ determination: Determination) -> [NewAssignment] {
        let rule = examCase.reading.rule
        guard determination.status == .escalated, let arbiter = rule.arbiter else { return [] }
        let own = examCase.reads.assignments.filter { $0.reader == arbiter }
        let isOpen = own.contains { assignment in
            !examCase.reads.counted.contains { $0.facts.reader == arbiter && $0.facts.round == assignment.round }
        }
        guard !isOpen else { return [] }
        let round = max(examCase.reading.rounds, own.map(\.round).max() ?? 0) + 1
        return [
            NewAssignment(reader: arbiter, round: round, origin: .arbiter, seesReads: rule.arbiterSees == .reads)
        ]
    }

    private func recipients(of exam: ChangedExam) -> [(party: String, endings: [String])] {
        let offices = site.configuration.managementOffices.map { ($0.id, ResultFiles.officeEndings) }
        let facility = site.configuration.facilities.filter { exam.examKey.hasPrefix($0.id + "_") }
            .map { ($0.id, ResultFiles.officeEndings) }
        return offices + facility
    }
}
