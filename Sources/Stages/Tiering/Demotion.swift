// Decides what leaves the fast tier, and moves it: what was not used for long, and under pressure the least recently used.
//
// Invariants: an exam whose reading is open, or that somebody has asked back, stays; nothing moves to a tier that is not
// mounted. One exam's failure costs no other exam.

internal import Archive
internal import Catalog
internal import Configuration
internal import Files

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
    let site: SiteContext
    let mover: PackMover
    /// Called with the bytes of each exam's packs.
    let onByteCount: (Int64) -> Void
    private(set) var moved: [MovedExam] = []
    private(set) var failures: [String] = []

    private static let examsAtOnce = 200

    init(site: SiteContext, mover: PackMover, onByteCount: @escaping (Int64) -> Void) {
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
        try walk(usedUpTo: limit) { demotion, exam in
            try demotion.demote(exam, to: target, "not used since \(demotion.site.clock.text(exam.usedSeconds))")
            return true
        }
    }

    /// Moves the least recently used out until the disk is down at `lowWater`, once it is above `highWater`.
    private mutating func relievePressure(to target: Tier) throws {
        let storage = site.configuration.storage
        guard try isAbove(storage.highWater) else { return }
        let reason = "the disk of \(site.fast.name) is above \(storage.highWater)"
        try walk(usedUpTo: .max) { demotion, exam in
            guard try demotion.isAbove(storage.lowWater) else { return false }
            try demotion.demote(exam, to: target, reason)
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

    /// - Parameter body: Gives false to stop.
    private mutating func walk(
        usedUpTo limit: Int64, _ body: (inout Demotion, DemotableExam) throws -> Bool
    ) throws {
        var last: DemotableExam?
        while true {
            let exams = try site.catalog.demotableExams(
                in: site.fast.name, usedUpTo: limit, after: last, limit: Self.examsAtOnce)
            for exam in exams { guard try body(&self, exam) else { return } }
            guard let end = exams.last else { return }
            last = end
        }
    }

    /// What is wrong with one exam is kept for the end; a tier that is gone or full ends the run.
    private mutating func demote(_ exam: DemotableExam, to target: Tier, _ reason: String) throws {
        do {
            let result = try Self.move(
                exam.study, key: exam.examKey, to: target, .demotion(reason), site, mover, from: site.fast.name,
                onByteCount)
            if let result { moved.append(result) }
        } catch ArchiveError.damagedPack(let path, let fault) {
            failures.append("exam \(exam.examKey), \(path): \(fault); nothing of it was removed")
        }
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
