// The workers: looks over the incoming folders and has what is ready worked off by several threads.
//
// Invariants: the scan is the truth; the drops of one party are taken one after the other, in the order of their numbers;
// parties take turns. A drop that waits is looked at again only when it or its attestation changed, or when its sender has
// to be told. What follows from what was taken (packets, notices, results) is worked off beside it. Stopping ends what is
// under way first.

internal import Catalog
package import Configuration
internal import Files
internal import Foundation
internal import Pipeline
internal import Spool

/// Works on a site's drops.
package final class DropService {
    private let site: SiteContext
    private let leases: LeaseKeeper
    private let looks: DropLooks
    private let desk: ExamDesk
    private let liaison: LiaisonDesk
    private let turns: TurnQueue<DueJob>
    /// The kinds of drop that this worker takes.
    private let kinds: Set<DropKind>
    private let heartbeat: Heartbeat
    private let removal: FileRemoval
    private var watches: [DropKind: SettleWatch]
    private var reported: Set<String> = []
    private var pause: String?
    private var pageTimes = OfficePageTimes()

    /// All kinds of drop.
    package static let allKinds: Set<DropKind> = [.images, .diagnoses, .requests, .reports, .charts, .acks]

    /// Something to be done now.
    private enum DueJob: Sendable {
        case drop(DueDrop)
        case publication(Int64)
        case recall(DueRecall)
    }

    private struct Round {
        var due: [(party: String, job: DueJob)] = []
        var unsettled: [FoundDrop] = []
        /// Until an exam can be whole; nil when none waits for that.
        var deskMilliseconds: Int64?

        mutating func add(_ drop: DueDrop) { due.append(("\(drop.record.party)/\(drop.record.kind)", .drop(drop))) }
    }

    /// - Parameters:
    ///   - kinds: The kinds of drop to take.
    ///   - unique: What no other worker has, such as a UUID.
    package init(site: SiteContext, kinds: Set<DropKind> = allKinds, unique: String) throws(StageError) {
        self.site = site
        self.kinds = kinds
        desk = ExamDesk(site: site)
        liaison = LiaisonDesk(site: site)
        leases = LeaseKeeper(
            try StageError.wrap { try WorkerIdentity(folder: site.layout.path + "/active", unique: unique) },
            clock: site.clock)
        let looks = DropLooks(site: site, worker: DropWorker(site: site, leases: leases))
        self.looks = looks
        removal = FileRemoval(tiers: site.tiers)
        watches = Dictionary(
            uniqueKeysWithValues: DropKind.allCases.map {
                ($0, SettleWatch(settleMilliseconds: site.configuration.pipeline($0).settleMilliseconds))
            })
        let recalls = RecallWorker(site: site, leases: leases)
        let removal = removal
        let publisher = PublicationWorker(site: site, leases: leases)
        turns = TurnQueue(threads: site.configuration.pipeline(.images).workers) { job in
            switch job {
            case .drop(let drop):
                let isDone = looks.work(on: drop)
                // What an order has deleted goes at once.
                if drop.record.dropKind == .requests {
                    looks.count { () throws(StageError) in try removal.run(site) }
                }
                return isDone ? .done : .blocked
            case .publication(let id):
                var isLeft = false
                looks.count { () throws(StageError) in isLeft = try publisher.work(on: id) }
                return isLeft ? .again : .done
            case .recall(let recall):
                looks.count { () throws(StageError) in try recalls.work(on: recall) }
                return .done
            }
        }
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
            let wait = fresh.map { remaining($0, now: now) }.max() ?? 0
            Thread.sleep(forTimeInterval: Double(wait) / 1e9 + 0.001)
        }
        try stop()
        try OfficePages(site: site).renew()
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
            renewPages()
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
            let settles = round.unsettled.map { Int64(remaining($0, now: now) / 1_000_000) + 1 }.min()
            return [settles, round.deskMilliseconds].compactMap { $0 }.min()
        } catch {
            guard error.mayPass else { throw error }
            site.logger.warning("\(error.description)")
            return nil
        }
    }

    /// The pages of offices whose time has come. Nothing waits for a page that cannot be made: it is said, and tried again.
    private func renewPages() {
        let due = pageTimes.take(site.configuration.managementOffices, now: SiteClock.monotonicNanoseconds)
        guard !due.isEmpty else { return }
        do throws(StageError) { try OfficePages(site: site).renew(only: due) } catch {
            site.logger.warning("the page of \(due.sorted().joined(separator: ", ")): \(error.description)")
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
        try removal.run(site)
        let isPaused = try notePause()
        let drops = scan.drops.filter { isOurs($0) }
        for kind in DropKind.allCases {
            watches[kind]?.take(drops.filter { $0.kind == kind.rawValue }, now: now)
        }
        let records = try observe(drops)
        try looks.noteVanished(open, found: Set(scan.drops.map(\.key)))
        var round = Round()
        // Before what is left is asked for: the desk may have decided reads, whose receipts are then written anew.
        round.deskMilliseconds = try desk.look()
        try liaison.look()
        for due in try left(open) where !isPaused || due.isFinish { round.add(due) }
        try Withdrawals(site: site).decide()
        for due in try duePublications() {
            // The packets of one exam are made together, by one thread.
            let place = due.publication
            let turn = place.subject == .packet ? "packet \(place.name)" : "to \(place.party)"
            round.due.append((turn, .publication(due.id)))
        }
        for recall in try dueRecalls() { round.due.append(("recall \(recall.study)", .recall(recall))) }
        guard !isPaused else { return round }
        for (found, record) in zip(drops, records).sorted(by: { $0.1.id < $1.1.id }) {
            let isSettled = isSettled(found, now: now)
            if !found.hasChecksum, !isSettled { round.unsettled.append(found) }
            if found.hasChecksum || found.isBag || isSettled, looks.isDue(found, record, isSettled: isSettled) {
                let task = DueDrop.Task.take(signature: found.signature.signed, isSettled: isSettled)
                round.add(DueDrop(record: record, task: task))
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

    private func duePublications() throws(StageError) -> [DuePublication] {
        try StageError.wrap { try site.catalog.duePublications(leases.request()) }
    }

    private func dueRecalls() throws(StageError) -> [DueRecall] {
        try StageError.wrap { try site.catalog.dueRecalls(now: site.clock.milliseconds) }
    }

    private func isSettled(_ found: FoundDrop, now: UInt64) -> Bool {
        DropKind(rawValue: found.kind).flatMap { watches[$0] }?.isSettled(found, now: now) ?? false
    }

    private func remaining(_ found: FoundDrop, now: UInt64) -> UInt64 {
        DropKind(rawValue: found.kind).flatMap { watches[$0] }?.remaining(found, now: now) ?? 0
    }

    /// What this worker takes, and whatever a party may not drop; other pipelines take their own.
    private func isOurs(_ found: FoundDrop) -> Bool {
        if let kind = DropKind(rawValue: found.kind), kinds.contains(kind) { return true }
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
