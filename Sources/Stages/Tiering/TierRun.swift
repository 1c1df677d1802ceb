// One run of `filmroom tier`: puts in order what a killed run has left, removes what deleted exams left, brings back what was asked for, and demotes by
// policy.
//
// Repeating it changes nothing. Runs of the command take turns; workers that recall meanwhile have their own packs.

internal import Archive
internal import Catalog
internal import Files
internal import Pipeline

/// What a run did.
package struct TierReport: Sendable {
    package var demoted: [MovedExam] = []
    package var recalled: [MovedExam] = []
    /// Interrupted moves that were put in order.
    package var settled = 0
    /// What could not be done, and why.
    package var failures: [String] = []
}

package struct TierRun {
    private let site: SiteContext
    private let leases: LeaseKeeper
    private let onByteCount: @Sendable (Int64) -> Void

    /// - Parameters:
    ///   - unique: What no other worker has, such as a UUID.
    ///   - onByteCount: Called with the size of each exam's packs that were moved, on any thread, one call at a
    ///     time.
    package init(
        site: SiteContext, unique: String, onByteCount: @escaping @Sendable (Int64) -> Void = { _ in }
    ) throws(StageError) {
        self.site = site
        self.onByteCount = onByteCount
        leases = LeaseKeeper(
            try StageError.wrap { try WorkerIdentity(folder: site.layout.path + "/active", unique: unique) },
            clock: site.clock)
    }

    /// Recalls what was asked for and demotes by policy.
    package func byPolicy() throws(StageError) -> TierReport {
        try run { report in
            try recallDue(&report)
            var demotion = Demotion(site: site, mover: mover, onByteCount: onByteCount)
            defer {
                report.demoted += demotion.moved
                report.failures += demotion.failures
            }
            try demotion.run()
        }
    }

    /// Recalls these exams, whatever the policy says.
    ///
    /// - Parameter exams: Study rows and keys.
    package func recall(_ exams: [(study: Int64, key: String)]) throws(StageError) -> TierReport {
        try run { report in
            let recall = Recall(site: site)
            let worker = RecallWorker(site: site, leases: leases)
            for exam in exams {
                guard try recall.ask(study: exam.study, reason: "by request") else {
                    try site.catalog.noteUse(study: exam.study, at: site.clock.timestamp)
                    continue
                }
                let due = DueRecall(study: exam.study, examKey: exam.key, reason: "by request", attempt: 0)
                note(&report) { () throws(StageError) in try worker.work(on: due, onByteCount: onByteCount) }
            }
        }
    }

    /// Demotes these exams, whatever the policy says.
    package func demote(_ exams: [(study: Int64, key: String)]) throws(StageError) -> TierReport {
        try run { report in
            guard let target = Demotion.target(of: site) else {
                throw StageError.unexpected("storage.yaml has no tier besides '\(site.fast.name)'")
            }
            var demotion = Demotion(site: site, mover: mover, onByteCount: onByteCount)
            defer {
                report.demoted += demotion.moved
                report.failures += demotion.failures
            }
            try demotion.demote(
                exams.map { Demotion.Leaving(study: $0.study, key: $0.key, reason: "by request") }, to: target)
        }
    }

    private var mover: PackMover { PackMover(site: site, leases: leases) }

    /// What is done before and after, whatever the run is for. What stops it comes into the report's failures.
    private func run(_ body: (inout TierReport) throws -> Void) throws(StageError) -> TierReport {
        var report = TierReport()
        try StageError.wrap {
            let live = try leases.refresh(site.catalog)
            for tier in site.tiers where tier.isMounted {
                try tier.discardStaging(of: PackCopy.stagingPrefix, exceptOf: live)
            }
            do {
                report.failures += try FileRemoval(tiers: site.tiers).run(site.catalog, at: site.clock.timestamp)
                let left = try mover.settleAbandoned()
                report.settled = left.settled
                report.failures += left.faults
                try body(&report)
            } catch {
                report.failures.append(StageError(error).description)
            }
            try leases.end()
        }
        return report
    }

    private func recallDue(_ report: inout TierReport) throws {
        let worker = RecallWorker(site: site, leases: leases)
        for recall in try site.catalog.dueRecalls(now: site.clock.milliseconds) {
            note(&report) { () throws(StageError) in try worker.work(on: recall, onByteCount: onByteCount) }
        }
    }

    private func note(_ report: inout TierReport, _ recall: () throws(StageError) -> MovedExam?) {
        do throws(StageError) {
            if let moved = try recall() { report.recalled.append(moved) }
        } catch {
            report.failures.append("\(error.description); the recall is tried again later")
        }
    }
}
