// The workers' loop: looks over the incoming folders, works off what is ready, waits.
//
// Invariants: the scan is the truth; the drops of one party are taken one after the other, in the order of their numbers;
// parties take turns, so that one with many drops keeps nobody waiting. A drop that waits is looked at again only when it
// or its attestation changed. Stopping ends what is under way at its next safe point.

internal import Catalog
internal import Configuration
internal import Files
internal import Foundation
internal import Pipeline
internal import Spool

/// Works on a site's drops.
package final class DropService {
    private let site: SiteContext
    private let worker: DropWorker
    private let leases: LeaseKeeper
    private var watch: SettleWatch
    /// The signature that a waiting drop had when it was last looked at.
    private var lookedAt: [DropID: Int64] = [:]
    private var reported: Set<IncomingScan.Trouble> = []
    private var failed = 0

    /// - Parameter unique: What no other worker has, such as a UUID.
    package init(site: SiteContext, unique: String) throws(StageError) {
        self.site = site
        let identity = try StageError.wrap {
            try WorkerIdentity(folder: site.layout.path + "/active", unique: unique)
        }
        leases = LeaseKeeper(identity)
        worker = DropWorker(site: site, owner: unique, leases: leases)
        watch = SettleWatch(settleMilliseconds: site.configuration.pipeline(.images).settleMilliseconds)
    }

    /// Works until nothing that is ready is left; waits out `settle` once for what was seen for the first time.
    ///
    /// - Returns: How many drops could not be worked on and need somebody's help.
    package func runOnce() throws(StageError) -> Int {
        try recover()
        var waitedFor: Set<DropKey> = []
        while true {
            let round = try round()
            if round.worked > 0 { continue }
            let fresh = round.unsettled.filter { !waitedFor.contains($0.key) }
            guard !fresh.isEmpty else { return failed }
            let now = SiteClock.monotonicNanoseconds
            let wait = fresh.map { watch.remaining($0, now: now) }.max() ?? 0
            waitedFor.formUnion(fresh.map(\.key))
            usleep(UInt32(clamping: wait / 1000 + 1000))
        }
    }

    /// Works until it is told to stop.
    ///
    /// - Parameters:
    ///   - isStopped: Asked between drops.
    ///   - wait: Waits for a wake-up, or the given number of milliseconds.
    package func run(isStopped: () -> Bool, wait: (Int64) -> Void) throws(StageError) {
        try recover()
        while !isStopped() {
            let round = try round()
            try StageError.wrap { try leases.renew(site.catalog) }
            if round.worked > 0 { continue }
            let pipeline = site.configuration.pipeline(.images)
            wait(round.unsettled.isEmpty
                ? pipeline.scanEveryMilliseconds : min(pipeline.scanEveryMilliseconds, pipeline.settleMilliseconds))
        }
    }

    private struct Round {
        var worked = 0
        var unsettled: [FoundDrop] = []
    }

    /// One scan, and everything that it finds ready.
    private func round() throws(StageError) -> Round {
        try StageError.wrap { try leases.refresh() }
        let now = SiteClock.monotonicNanoseconds
        let scan = try StageError.wrap {
            try IncomingScan(
                site.layout, parties: site.configuration.facilities.map(\.id), kinds: [DropKind.images.rawValue],
                entryLimit: site.configuration.pipeline(.images).limits.entries)
        }
        report(scan.troubles)
        watch.take(scan.drops, now: now)
        let records = try observe(scan.drops)
        var round = Round()
        for (found, record) in Self.inTurns(zip(scan.drops, records).map { ($0, $1) }) {
            let isSettled = watch.isSettled(found, now: now)
            if !found.hasChecksum, !isSettled {
                round.unsettled.append(found)
                continue
            }
            guard lookedAt[record.id] != found.signature.signed || record.incompleteAt == nil && isOverdue(record)
            else { continue }
            lookedAt[record.id] = found.signature.signed
            if look(at: record, isSettled: isSettled) == .finished { round.worked += 1 }
        }
        return round
    }

    private func look(at record: DropRecord, isSettled: Bool) -> DropLook {
        do throws(StageError) {
            return try worker.look(at: record, isSettled: isSettled)
        } catch {
            failed += 1
            site.logger.error("\(record.id) \(record.party)/\(record.kind)/\(record.name.text): \(error.description)")
            return .waiting
        }
    }

    private func isOverdue(_ record: DropRecord) -> Bool {
        let held = site.configuration.pipeline(.images).holdIncompleteAfterMilliseconds / 1000
        guard let since = SiteClock.seconds(of: record.changedAt) else { return false }
        return site.clock.seconds - since >= held
    }

    private func observe(_ drops: [FoundDrop]) throws(StageError) -> [DropRecord] {
        guard !drops.isEmpty else { return [] }
        return try StageError.wrap {
            try site.catalog.observe(
                drops.map {
                    Sighting(
                        party: $0.party, kind: $0.kind, name: $0.name, isFolder: $0.isFolder,
                        signature: $0.signature.signed)
                },
                at: site.clock.timestamp)
        }
    }

    /// Takes up what a worker that ended has left: committed drops without their receipt, and claims.
    private func recover() throws(StageError) {
        try StageError.wrap { try leases.refresh() }
        let open = try StageError.wrap { try site.catalog.openDrops() }
        for drop in open where drop.state == .claimed { _ = look(at: drop, isSettled: true) }
        let unpublished = try StageError.wrap { try site.catalog.work(stage: "publish") }
        for work in unpublished {
            do throws(StageError) { try worker.finish(work.drop, identity: nil) } catch {
                failed += 1
                site.logger.error("\(work.drop): \(error.description)")
            }
        }
    }

    private func report(_ troubles: [IncomingScan.Trouble]) {
        for trouble in troubles where reported.insert(trouble).inserted {
            site.logger.warning("\(trouble.path): \(trouble.reason)")
        }
    }

    /// The first drop of each party, then the second of each, and so on.
    private static func inTurns(_ drops: [(FoundDrop, DropRecord)]) -> [(FoundDrop, DropRecord)] {
        var turn: [String: Int] = [:]
        let numbered = drops.sorted { $0.1.id < $1.1.id }.map { drop in
            turn[drop.0.party, default: 0] += 1
            return (turn[drop.0.party] ?? 0, drop)
        }
        return numbered.sorted { ($0.0, $0.1.1.id) < ($1.0, $1.1.1.id) }.map(\.1)
    }
}
