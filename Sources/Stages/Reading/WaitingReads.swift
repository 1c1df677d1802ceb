// Decides reads that waited for their exam: when it is ready, and when they have waited for too long.

internal import Catalog
internal import Configuration
internal import Pipeline
internal import Radiology

struct WaitingReads {
    let site: SiteContext

    /// Decides those of an exam that is ready to be read now.
    func decide(study exam: ExamRecord) throws {
        for waiting in try site.catalog.waitingDiagnoses() where isOf(exam, waiting.facts) {
            let judge = DiagnosisJudge(site: site, party: waiting.facts.reader)
            try decide(waiting, as: try judge.judgeAgain(waiting, exam: exam))
        }
    }

    /// Decides those whose reader was given the exam since: by the office, or by asking for it.
    func decideAssigned() throws {
        let lookup = ExamLookup(catalog: site.catalog)
        for waiting in try site.catalog.waitingDiagnoses() {
            let reader = waiting.facts.reader
            let exams: [ExamRecord] =
                switch try lookup.find(try Draft(waiting.facts, party: reader).reference) {
                case .found(let exam): [exam]
                case .ambiguous(let several): several
                case .absent, .contradiction: []
                }
            let own = try exams.first { exam in
                try site.catalog.assignments(study: exam.study).contains { $0.reader == reader }
            }
            guard let own else { continue }
            try decide(waiting, as: try DiagnosisJudge(site: site, party: reader).judgeAgain(waiting, exam: own))
        }
    }

    /// Refuses those whose exam has not come in all that time.
    func refuseOverdue() throws {
        let limit = site.configuration.pipeline(.diagnoses).holdIncompleteAfterMilliseconds / 1000
        for waiting in try site.catalog.waitingDiagnoses() {
            guard let since = SiteClock.seconds(of: waiting.sealedAt), site.clock.seconds - since >= limit else {
                continue
            }
            let refused = try Draft(waiting.facts, party: waiting.facts.reader).facts(
                .refused, label: waiting.facts.label,
                reason: "no such exam came in \(limit / 3600) h, or it was not yours to read")
            try decide(waiting, as: refused)
        }
    }

    private func decide(_ waiting: DiagnosisRecord, as facts: DiagnosisFacts) throws {
        guard facts.status != .waiting else { return }
        let others = try site.catalog.diagnoses(ofDrop: waiting.drop).filter { $0.id != waiting.id }.map(\.facts)
        var whole = JudgedDocument()
        whole.settle((others + [facts]).sorted { $0.position < $1.position })
        try site.catalog.decide(
            waiting, as: facts, drop: (whole.status.rawValue, whole.reason), at: site.clock.timestamp)
    }

    private func isOf(_ exam: ExamRecord, _ facts: DiagnosisFacts) -> Bool {
        guard facts.facility == exam.facility else { return false }
        let byAccession = facts.accessionNumber.isEmpty || facts.accessionNumber == exam.accessionNumber
        let byStudy = facts.studyInstanceUID.isEmpty || facts.studyInstanceUID == exam.studyInstanceUID
        return byAccession && byStudy
    }
}
