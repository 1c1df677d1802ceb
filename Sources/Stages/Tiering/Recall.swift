// Brings exams back to the fast tier: by request, before a reading, and before something is served where the site does not
// serve from slow tiers.
//
// Asking is a row in the catalogue; `filmroom run` and `filmroom tier` do what is asked. Asking again changes nothing. What
// fails is tried again later: it costs nobody else.

internal import Archive
internal import Catalog
internal import Configuration
internal import Files
internal import Pipeline

/// Asks for exams that are not in the fast tier.
package struct Recall: Sendable {
    private let site: SiteContext

    package init(site: SiteContext) {
        self.site = site
    }

    /// Asks for an exam.
    ///
    /// - Parameter reason: For people: who wants it.
    /// - Returns: false when all of it is in the fast tier already.
    @discardableResult
    package func ask(study: Int64, reason: String) throws(StageError) -> Bool {
        try StageError.wrap {
            try site.catalog.askForRecall(
                study: study, to: site.fast.name, reason: reason, at: site.clock.timestamp)
        }
    }

    /// Asks for what a reading of an exam shows: the exam, and the earlier ones of its patient.
    package func prefetch(readingOf study: Int64) throws(StageError) {
        try StageError.wrap {
            try site.catalog.askForRecall(ofReading: study, to: site.fast.name, at: site.clock.timestamp)
        }
    }

    /// Whether something of an exam would have to come from a slow tier.
    package func isNeeded(study: Int64) throws(StageError) -> Bool {
        try StageError.wrap { try site.catalog.packs(ofStudy: study).contains { $0.tier != site.fast.name } }
    }
}

/// Brings back what was asked for.
struct RecallWorker {
    let site: SiteContext
    let leases: LeaseKeeper

    private static let busyMilliseconds: Int64 = 1000

    /// - Returns: What was moved; nil when nothing had to be.
    /// - Throws: When it failed; it is tried again later.
    @discardableResult
    func work(on recall: DueRecall, onByteCount: (Int64) -> Void = { _ in }) throws(StageError) -> MovedExam? {
        do throws(StageError) {
            let result = try bringBack(
                study: recall.study, key: recall.examKey, reason: recall.reason, onByteCount)
            let isLeft = try Recall(site: site).isNeeded(study: recall.study)
            try StageError.wrap {
                if isLeft {
                    try site.catalog.postponeRecall(
                        study: recall.study, until: site.clock.milliseconds + Self.busyMilliseconds,
                        error: "somebody else moves a part of it")
                } else {
                    try site.catalog.endRecall(study: recall.study, at: site.clock.timestamp)
                }
            }
            return result
        } catch {
            let wait = site.retrySchedule.wait(afterFailures: recall.attempt)
            try StageError.wrap {
                try site.catalog.postponeRecall(
                    study: recall.study, until: site.clock.milliseconds + wait, error: error.description)
            }
            throw error
        }
    }

    /// Moves all of an exam to the fast tier, now.
    ///
    /// - Throws: `.lowDisk` when the fast tier would have less than `minimumFree` then.
    @discardableResult
    func bringBack(
        study: Int64, key: String, reason: String, _ onByteCount: (Int64) -> Void = { _ in }
    ) throws(StageError) -> MovedExam? {
        try StageError.wrap {
            let fast = site.fast
            try fast.requireMounted()
            let wanted = try site.catalog.packs(ofStudy: study).filter { $0.tier != fast.name }
            let byteCount = wanted.reduce(0) { $0 + $1.byteCount }
            guard byteCount > 0 else { return nil }
            let space = try Paths.space(at: fast.path)
            let least = site.configuration.storage.minimumFree.byteCount(ofDisk: space.total)
            guard space.available - byteCount >= least else {
                throw StageError.lowDisk(path: fast.path, free: space.available, least: least + byteCount)
            }
            return try Demotion.move(
                study, key: key, to: fast, .recall(reason), site, PackMover(site: site, leases: leases), from: nil,
                onByteCount)
        }
    }
}
