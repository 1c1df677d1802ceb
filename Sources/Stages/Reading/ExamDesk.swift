// Looks at exams that changed: makes packets of those that are whole, assigns their readers, tells management when enough
// have answered, begins further rounds, and decides reads that waited for their exam.
//
// Repeating it changes nothing; every step is one transaction of the catalogue.

internal import Catalog
internal import Configuration
internal import Files
internal import Pipeline

struct ExamDesk {
    let site: SiteContext

    /// - Returns: Milliseconds until an exam can be whole that is not yet; nil when none waits for that.
    func look() throws(StageError) -> Int64? {
        try StageError.wrap {
            var wait: Int64?
            for change in try site.catalog.changedExams(.images) {
                if let left = try unlessDeleted({ try assign(change) }) ?? nil { wait = min(wait ?? left, left) }
            }
            try WaitingReads(site: site).decideAssigned()
            for change in try site.catalog.changedExams(.reads) { try unlessDeleted { try conclude(change) } }
            try WaitingReads(site: site).refuseOverdue()
            try unlessDeleted { try WaitingReports(site: site).look() }
            return wait
        }
    }

    /// An exam that was deleted while it was looked at has nothing to be dealt with any more.
    @discardableResult
    private func unlessDeleted<Answer>(_ look: () throws -> Answer) throws -> Answer? {
        do { return try look() } catch CatalogError.overtaken { return nil }
    }

    /// - Returns: Milliseconds that the exam has to be quiet for still; nil when it was dealt with.
    private func assign(_ change: ChangedExam) throws -> Int64? {
        guard let exam = try site.catalog.exam(key: change.examKey) else { return nil }
        let facts = try ExamFacts(exam, series: try site.catalog.series(ofStudy: exam.study))
        guard let reading = facts.readingProtocol(of: site.configuration.protocols) else {
            try site.catalog.clearChange(change, .images)
            return nil
        }
        // While the exam may still grow, what its reading shows besides is brought back.
        try Recall(site: site).prefetch(readingOf: exam.study)
        let quiet = SiteClock.seconds(of: change.changedAt).map { (site.clock.seconds - $0) * 1000 } ?? .max
        // Whoever asked before the exam was whole has a packet already; that takes nobody's place.
        let isAssigned = try site.catalog.assignments(study: exam.study).contains { $0.origin == .protocol }
        guard change.isDeclaredWhole || quiet >= reading.examCompleteMilliseconds else {
            return reading.examCompleteMilliseconds - quiet
        }
        let packet = try site.catalog.assign(
            study: exam.study, protocolID: reading.id, isAssigned ? [] : try firstReaders(reading),
            at: site.clock.timestamp)
        try site.catalog.clearChange(change, .images)
        site.logger.info("\(change.examKey): packet \(packet.version) by protocol \(reading.id)")
        try WaitingReads(site: site).decide(study: exam)
        return nil
    }

    private func firstReaders(_ reading: ReadingProtocol) throws -> [NewAssignment] {
        let load = try site.catalog.load(protocolID: reading.id).mapValues {
            ReaderLoad(assigned: $0.assigned, open: $0.open)
        }
        let today = site.today
        return ReaderChoice.readers(
            of: reading, load: load, isReading: { site.configuration.reader($0, on: today) != nil }
        ).map { NewAssignment(reader: $0, round: 1, origin: .protocol, seesReads: !reading.blinded) }
    }

    /// Tells management, and begins the next round of those whose round is complete.
    private func conclude(_ change: ChangedExam) throws {
        let assignments = try site.catalog.assignments(study: change.study)
        guard let first = assignments.first, let reading = site.readingProtocol(first.protocolID) else {
            return try site.catalog.clearChange(change, .reads)
        }
        let tally = RoundTally(
            assignments: assignments, rounds: reading.rounds,
            counted: EffectiveReads.counted(try site.catalog.sealedDiagnoses(study: change.study)))
        var notices: [(name: String, count: Int, total: Int)] = []
        if tally.arrived >= reading.quorum {
            // The number that was waited for, however many came at once: a notice is the same whenever it is made.
            notices.append(("quorum-\(reading.quorum)", reading.quorum, tally.total))
        }
        if tally.isAll { notices.append(("quorum-all", tally.arrived, tally.total)) }
        try site.catalog.conclude(
            change, notices: notices, offices: site.configuration.managementOffices.map(\.id),
            protocolID: reading.id,
            assignments: tally.next.map {
                NewAssignment(reader: $0.reader, round: $0.round, origin: .protocol, seesReads: !reading.blinded)
            },
            at: site.clock.timestamp)
    }
}
