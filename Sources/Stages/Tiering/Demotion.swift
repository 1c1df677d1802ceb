// Decides what leaves the fast tier, and moves it: what was not used for long, and under pressure the least recently used.
//
// Invariants: an exam whose reading is open, or that somebody has asked back, stays; nothing moves to a tier that is not
// mounted. One exam's failure costs no other exam.

internal import Archive
internal import Catalog
internal import Configuration
internal import Dispatch
internal import Files
internal import Synchronization

/// An exam that was moved, or could not be.
package struct MovedExam: Sendable, Equatable {
    package let exam: String
    package let tier: String
    package let packs: Int
    /// Bytes that its packs take there.
    package let byteCount: Int64
    package let reason: String
}

struct Demotion {
    /// An exam that is to leave, and why.
    struct Leaving: Sendable {
        let study: Int64
        let key: String
        let reason: String
    }

    let site: SiteContext
    let mover: PackMover
    /// Called with the bytes of each exam's packs, on any thread, one call at a time.
    let onByteCount: @Sendable (Int64) -> Void
    private(set) var moved: [MovedExam] = []
    private(set) var failures: [String] = []

    private static let examsOfPage = 200
    /// Exams that are moved at the same time: one is read back while another is packed.
    private static let examsAtOnce = 2

    init(site: SiteContext, mover: PackMover, onByteCount: @escaping @Sendable (Int64) -> Void) {
        self.site = site
        self.mover = mover
        self.onByteCount = onByteCount
    }

    /// The tier that exams leave the fast one for: the first other one of the configuration.
    static func target(of site: SiteContext) -> Tier? { site.tiers.first { $0.name != site.fast.name } }

    mutating func run() throws {
        guard let target = Self.target(of: site) else { return }
        try site.fast.requireMounted()
        try target.requireMounted()
        try demoteAged(to: target)
        try relievePressure(to: target)
    }

    private mutating func demoteAged(to target: Tier) throws {
        let limit = site.clock.seconds - site.configuration.storage.demoteAfterMilliseconds / 1000
        try walk(usedUpTo: limit) { demotion, exams in
            try demotion.demote(
                exams.map { exam in
                    Leaving(exam, reason: "not used since \(demotion.site.clock.text(exam.usedSeconds))")
                }, to: target)
            return true
        }
    }

    /// Moves the least recently used out until the disk is down at `lowWater`, once it is above `highWater`.
    private mutating func relievePressure(to target: Tier) throws {
        let storage = site.configuration.storage
        guard try isAbove(storage.highWater) else { return }
        let reason = "the disk of \(site.fast.name) is above \(storage.highWater)"
        try walk(usedUpTo: .max) { demotion, exams in
            for exam in exams {
                guard try demotion.isAbove(storage.lowWater) else { return false }
                try demotion.demote([Leaving(exam, reason: reason)], to: target)
            }
            return true
        }
        guard try isAbove(storage.lowWater) else { return }
        site.logger.warning(
            "the disk of \(site.fast.name) is still above \(storage.lowWater), and no exam is left that may leave it")
    }

    private func isAbove(_ mark: Percentage) throws -> Bool {
        let space = try Paths.space(at: site.fast.path)
        return space.total - space.available > mark.of(space.total)
    }

    /// - Parameter body: Takes some exams, in their order. Gives false to stop.
    private mutating func walk(
        usedUpTo limit: Int64, _ body: (inout Demotion, [DemotableExam]) throws -> Bool
    ) throws {
        var last: DemotableExam?
        while true {
            let exams = try site.catalog.demotableExams(
                in: site.fast.name, usedUpTo: limit, after: last, limit: Self.examsOfPage)
            guard !exams.isEmpty, try body(&self, exams) else { return }
            last = exams.last
        }
    }

    /// What came of some exams, by their place among them.
    private struct Outcomes {
        var next = 0
        var moved: [Int: MovedExam] = [:]
        var faults: [Int: String] = [:]
        var failure: (any Error)?

        mutating func take(of count: Int) -> Int? {
            guard failure == nil, next < count else { return nil }
            defer { next += 1 }
            return next
        }
    }

    /// What is wrong with one exam is kept for the end; a tier that is gone or full ends the run.
    mutating func demote(_ exams: [Leaving], to target: Tier) throws {
        let state = Mutex(Outcomes())
        let (site, mover, onByteCount) = (site, mover, onByteCount)
        DispatchQueue.concurrentPerform(iterations: min(Self.examsAtOnce, exams.count)) { _ in
            while let place = state.withLock({ $0.take(of: exams.count) }) {
                let exam = exams[place]
                do {
                    let moved = try Self.move(
                        exam.study, key: exam.key, to: target, .demotion(exam.reason), site, mover,
                        from: site.fast.name
                    ) { byteCount in state.withLock { _ in onByteCount(byteCount) } }
                    state.withLock { $0.moved[place] = moved }
                } catch ArchiveError.damagedPack(let path, let fault) {
                    let text = "exam \(exam.key), \(path): \(fault); nothing of it was removed"
                    state.withLock { $0.faults[place] = text }
                } catch { state.withLock { $0.failure = $0.failure ?? error } }
            }
        }
        let outcomes = state.withLock { $0 }
        moved += exams.indices.compactMap { outcomes.moved[$0] }
        failures += exams.indices.compactMap { outcomes.faults[$0] }
        if let failure = outcomes.failure { throw failure }
    }

    /// Moves the packs of an exam.
    ///
    /// - Parameter source: Only those of this tier; nil for all that are elsewhere.
    /// - Returns: nil when nothing had to be moved.
    static func move(
        _ study: Int64, key: String, to target: Tier, _ reason: PackMover.Reason, _ site: SiteContext,
        _ mover: PackMover, from source: String?, _ onByteCount: (Int64) -> Void
    ) throws -> MovedExam? {
        let packs = try site.catalog.packs(ofStudy: study).filter {
            $0.tier != target.name && (source == nil || $0.tier == source)
        }
        let done = try mover.move(packs, of: study, to: target, reason)
        guard done.packs > 0 else { return nil }
        onByteCount(done.plainByteCount)
        site.logger.info("\(key): \(done.packs) packs to \(target.name), \(reason.text)")
        return MovedExam(
            exam: key, tier: target.name, packs: done.packs, byteCount: done.byteCount, reason: reason.text)
    }
}

extension Demotion.Leaving {
    fileprivate init(_ exam: DemotableExam, reason: String) {
        self.init(study: exam.study, key: exam.examKey, reason: reason)
    }
}
