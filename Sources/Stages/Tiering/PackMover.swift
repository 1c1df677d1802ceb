// Moves single packs between tiers, and puts in order what a killed move has left: the last-copy guard.
//
// Order: row in the catalogue → verified copy in the other tier → the catalogue counts on that one → the old copy is
// removed → row gone. A kill anywhere leaves at least one verified copy, and the row by which the other one is known.
// What is left over is removed only after the copy that stays was read to its end once more.

internal import Archive
internal import Catalog
internal import Files
internal import Foundation
internal import Synchronization

struct PackMover {
    let site: SiteContext
    let leases: LeaseKeeper

    /// Why packs are moved.
    enum Reason {
        case demotion(String)
        case recall(String)

        var kind: LedgerEvent.Kind {
            switch self {
            case .demotion: .demoted
            case .recall: .recalled
            }
        }

        var text: String {
            switch self {
            case .demotion(let text), .recall(let text): text
            }
        }
    }

    /// What was moved of an exam.
    struct Sum: Sendable {
        var packs = 0
        /// Bytes where they are now, and of their tars.
        var byteCount: Int64 = 0
        var plainByteCount: Int64 = 0
        var failure: (any Error)?
    }

    /// Packs that are moved at the same time: one is read back while another is packed.
    private static let packsAtOnce = 2

    /// Moves packs of one exam. After the first failure none is begun, and that one is thrown.
    func move(_ packs: [PackRecord], of study: Int64, to target: Tier, _ reason: Reason) throws -> Sum {
        let state = Mutex((next: 0, sum: Sum()))
        DispatchQueue.concurrentPerform(iterations: min(Self.packsAtOnce, packs.count)) { _ in
            while let pack = state.withLock({ Self.take($0.sum.failure == nil ? packs : [], &$0.next) }) {
                let moved = Result { try move(pack, of: study, to: target, reason) }
                state.withLock { state in
                    switch moved {
                    case .success(let byteCount?):
                        state.sum.packs += 1
                        state.sum.byteCount += byteCount
                        state.sum.plainByteCount += pack.byteCount
                    case .success(nil): break
                    case .failure(let error): state.sum.failure = state.sum.failure ?? error
                    }
                }
            }
        }
        let sum = state.withLock { $0.sum }
        if let failure = sum.failure { throw failure }
        return sum
    }

    private static func take(_ packs: [PackRecord], _ next: inout Int) -> PackRecord? {
        guard next < packs.count else { return nil }
        defer { next += 1 }
        return packs[next]
    }

    /// - Returns: The bytes that the pack takes where it is now; nil when somebody else is at it, or it is elsewhere.
    func move(_ pack: PackRecord, of study: Int64, to target: Tier, _ reason: Reason) throws -> Int64? {
        guard let source = site.tier(pack.tier) else {
            throw StageError.unexpected("tier '\(pack.tier)' of exam \(pack.examKey) is not configured")
        }
        try source.requireMounted()
        try target.requireMounted()
        guard try site.catalog.beginMove(pack, to: target.name, owner: leases.owner) else { return nil }
        do {
            let location = PackLocation(pack)
            let byteCount = try PackCopy(location, from: source, to: target, worker: leases.owner).make()
            try site.catalog.commitMove(
                pack, study: study, to: target.name, as: reason.kind, why: reason.text, owner: leases.owner,
                at: site.clock.timestamp)
            try removeOld(location, from: source, for: target)
            try site.catalog.endMove(pack: pack.pack, owner: leases.owner)
            return byteCount
        } catch {
            try site.catalog.abandonMove(pack: pack.pack, owner: leases.owner)
            try target.discardStaging(for: PackCopy.stagedName(pack.digest), worker: leases.owner)
            throw error
        }
    }

    /// Puts the moves in order that a killed or failed worker has left.
    ///
    /// - Returns: How many, and what is wrong with those that cannot be.
    func settleAbandoned() throws -> (settled: Int, faults: [String]) {
        var settled = 0
        var faults: [String] = []
        for move in try site.catalog.abandonedMoves(leases.request()) {
            guard let kept = site.tier(move.pack.tier), let other = site.tier(move.otherTier), kept.isMounted,
                other.isMounted, try site.catalog.takeMove(move, leases.request())
            else { continue }
            do {
                if let fault = try settle(move, kept: kept, other: other) { faults.append(fault) }
                settled += 1
            } catch {
                try site.catalog.abandonMove(pack: move.pack.pack, owner: leases.owner)
                throw error
            }
        }
        return (settled, faults)
    }

    /// - Returns: What somebody has to look at; nil when all is well.
    private func settle(_ move: AbandonedMove, kept: Tier, other: Tier) throws -> String? {
        let location = PackLocation(move.pack)
        guard other.path(of: location) != nil else {
            try site.catalog.endMove(pack: move.pack.pack, owner: leases.owner)
            return nil
        }
        guard let fault = try kept.fault(of: location) else {
            try removeOld(location, from: other, for: kept)
            try site.catalog.endMove(pack: move.pack.pack, owner: leases.owner)
            return nil
        }
        let place = "exam \(move.pack.examKey), \(kept.name)/\(location.path)"
        if let otherFault = try other.fault(of: location) {
            try site.catalog.abandonMove(pack: move.pack.pack, owner: leases.owner)
            return "\(place): \(fault); and the copy in \(other.name): \(otherFault)"
        }
        try site.catalog.commitMove(
            move.pack, study: move.study, to: other.name, as: other.name == site.fast.name ? .recalled : .demoted,
            why: "the copy there is damaged: \(fault)", owner: leases.owner, at: site.clock.timestamp)
        try site.catalog.endMove(pack: move.pack.pack, owner: leases.owner)
        return "\(place): \(fault); the sound copy in \(other.name) counts now, and this file may be removed"
    }

    /// Removes a copy when the one that stays is there, on a disk that is mounted.
    private func removeOld(_ location: PackLocation, from old: Tier, for kept: Tier) throws {
        try kept.requireMounted()
        guard kept.path(of: location) != nil else {
            throw StageError.unexpected("\(kept.name)/\(location.path) is gone: the copy in \(old.name) stays")
        }
        try old.remove(location)
    }
}
