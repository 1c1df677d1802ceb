// The workers: looks over the incoming folders and has what is ready worked off by several threads.
//
// Invariants: the scan is the truth; the drops of one party are taken one after the other, in the order of their numbers;
// parties take turns. A drop that waits is looked at again only when it or its attestation changed, or when its sender has
// to be told. Stopping ends what is under way first.

internal import Catalog
internal import Configuration
internal import Files
internal import Foundation
internal import Pipeline
internal import Spool

/// Works on a site's drops.
package final class DropService {
    private let site: SiteContext
    private let leases: LeaseKeeper
    private let looks: DropLooks
    private let turns: TurnQueue<DueDrop>
    private let heartbeat: Heartbeat
    private var watch: SettleWatch
    private var reported: Set<String> = []
    private var pause: String?

    private struct Round {
        var due: [(party: String, job: DueDrop)] = []
        var unsettled: [FoundDrop] = []
    }

    /// - Parameter unique: What no other worker has, such as a UUID.
    package init(site: SiteContext, unique: String) throws(StageError) {
        self.site = site
        leases = LeaseKeeper(
            try StageError.wrap { try WorkerIdentity(folder: site.layout.path + "/active", unique: unique) },
            clock: site.clock)
        let looks = DropLooks(site: site, worker: DropWorker(site: site, leases: leases))
        self.looks = looks
        let pipeline = site.configuration.pipeline(.images)
        watch = SettleWatch(settleMilliseconds: pipeline.settleMilliseconds)
        turns = TurnQueue(threads: pipeline.workers) { looks.work(on: $0) }
        heartbeat = Heartbeat(leases: leases, catalog: site.catalog, logger: site.logger)
        try StageError.wrap {
            let live = try leases.refresh(site.catalog)
            try site.fast.discardStaging(exceptOf: live)
            let orphans = try OrphanedClaims(catalog: site.catalog, layout: site.layout).putBack()
            for key in orphans.returned {
                site.logger.warning(
                    "\(key.party)/\(key.kind)/\(key.name.text): was claimed, but the catalogue does not know it; it is back in its folder"
                )
            }
            for finding in orphans.findings { site.logger.error("\(finding.path ?? ""): \(finding.reason)") }
        }
    }

    /// Works until nothing that is ready is left; waits out `settle` once for what was seen for the first time.
    ///
    /// - Returns: How many drops could not be worked on and need somebody's help.
    package func runOnce() throws(StageError) -> Int {
        var waitedFor: Set<DropKey> = []
        while true {
            let round = try round()
            turns.offer(round.due)
            turns.waitUntilIdle()
            if !round.due.isEmpty { continue }
            let fresh = round.unsettled.filter { !waitedFor.contains($0.key) }
            guard !fresh.isEmpty else { break }
            waitedFor.formUnion(fresh.map(\.key))
            let now = SiteClock.monotonicNanoseconds
            let wait = fresh.map { watch.remaining($0, now: now) }.max() ?? 0
            Thread.sleep(forTimeInterval: Double(wait) / 1e9 + 0.001)
        }
        try stop()
        return looks.failures
    }

    /// Works until it is told to stop.
    ///
    /// - Parameters:
    ///   - isStopped: Asked after each wait.
    ///   - wait: Waits for a wake-up, or the given number of milliseconds.
    package func run(isStopped: () -> Bool, wait: (Int64) -> Void) throws(StageError) {
        let pipeline = site.configuration.pipeline(.images)
        while !isStopped() {
            let settles = try offerRound()
            wait(min(pipeline.scanEveryMilliseconds, settles ?? .max))
        }
        try stop()
    }

    /// Offers what one scan finds ready. What may pass by itself, such as a locked catalogue, is said and waited out.
    ///
    /// - Returns: Milliseconds until something can have settled; nil when nothing waits for that.
    private func offerRound() throws(StageError) -> Int64? {
        do throws(StageError) {
            let round = try round()
            turns.offer(round.due)
            let now = SiteClock.monotonicNanoseconds
            return round.unsettled.map { Int64(watch.remaining($0, now: now) / 1_000_000) + 1 }.min()
        } catch {
            guard error.mayPass else { throw error }
            site.logger.warning("\(error.description)")
            return nil
        }
    }

    private func stop() throws(StageError) {
        turns.close()
        heartbeat.stop()
        try StageError.wrap { try leases.end() }
    }

    /// One scan: what of it is ready, and what has not settled.
    private func round() throws(StageError) -> Round {
        try StageError.wrap { _ = try leases.refresh(site.catalog) }
        let open = try StageError.wrap { try site.catalog.openDrops() }
        let now = SiteClock.monotonicNanoseconds
        let scan = try StageError.wrap {
            try IncomingScan(
                site.layout, parties: site.configuration.parties.map(\.id), kinds: SpoolLayout.dropKinds,
                entryLimit: site.configuration.pipeline(.images).limits.entries)
        }
        report(scan.troubles)
        let isPaused = try notePause()
        let drops = scan.drops.filter { isOurs($0) }
        watch.take(drops, now: now)
        let records = try observe(drops)
        try looks.noteVanished(open, found: Set(scan.drops.map(\.key)))
        var round = Round()
        for due in try left(open) where !isPaused || due.isFinish { round.due.append((due.record.party, due)) }
        guard !isPaused else { return round }
        for (found, record) in zip(drops, records).sorted(by: { $0.1.id < $1.1.id }) {
            let isSettled = watch.isSettled(found, now: now)
            if !found.hasChecksum, !isSettled { round.unsettled.append(found) }
            if found.hasChecksum || found.isBag || isSettled, looks.isDue(found, record, isSettled: isSettled) {
                let task = DueDrop.Task.take(signature: found.signature.signed, isSettled: isSettled)
                round.due.append((found.party, DueDrop(record: record, task: task)))
            }
        }
        return round
    }

    /// Whether nothing is taken in at the moment; says so when that changes.
    private func notePause() throws(StageError) -> Bool {
        let now = try site.intakePause()?.description
        if now != pause {
            site.logger.warning("\(now ?? "intake goes on")")
            pause = now
        }
        return now != nil
    }

    /// What a worker that ended, or a failure, has left: claims, and committed drops without their receipt.
    private func left(_ open: [DropRecord]) throws(StageError) -> [DueDrop] {
        try StageError.wrap {
            let now = site.clock.milliseconds
            let work = Dictionary(grouping: try site.catalog.allWork(), by: \.drop)
            func isFree(_ drop: DropID, _ stage: String) -> Bool {
                guard let item = work[drop]?.first(where: { $0.stage == stage }) else { return true }
                return item.notBefore <= now && leases.isFree(item)
            }
            var due: [DueDrop] = []
            for drop in work.keys.sorted() where work[drop]?.contains(where: { $0.stage == "publish" }) ?? false {
                guard isFree(drop, "publish"), let record = try site.catalog.drop(drop),
                    looks.isItsTime(record, isFinish: true)
                else { continue }
                due.append(DueDrop(record: record, task: .finish))
            }
            for record in open where record.state == .claimed {
                guard isFree(record.id, "receive"), looks.isItsTime(record) else { continue }
                due.append(DueDrop(record: record, task: .take(signature: nil, isSettled: true)))
            }
            return due
        }
    }

    /// Images, and whatever a party may not drop; other pipelines take their own.
    private func isOurs(_ found: FoundDrop) -> Bool {
        if found.kind == DropKind.images.rawValue { return true }
        guard let party = site.configuration.party(found.party) else { return false }
        return !party.kind.dropKinds.map(\.rawValue).contains(found.kind)
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

    private func report(_ troubles: [IncomingScan.Trouble]) {
        for trouble in troubles {
            let text = "\(trouble.path): \(trouble.reason)"
            if reported.insert(text).inserted { site.logger.warning("\(text)") }
        }
    }
}
