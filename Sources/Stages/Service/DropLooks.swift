// Looks at drops that are due, and remembers what came of it, so that a drop that waits costs nothing until it changes.
//
// Shared by the threads of a service; its state is behind one lock. Times are the policy clock's milliseconds.

internal import Catalog
internal import Pipeline
internal import Spool
internal import Synchronization

/// A drop that is due to be worked on.
struct DueDrop: Sendable {
    enum Task: Sendable {
        /// Look whether it is whole, and take it in.
        ///
        /// - Parameter signature: Of its state in its party's folder; nil when it is claimed.
        case take(signature: Int64?, isSettled: Bool)
        /// It is committed: publish the receipt and dispose of the source.
        case finish
    }

    let record: DropRecord
    let task: Task

    var isFinish: Bool {
        if case .finish = task { return true }
        return false
    }
}

final class DropLooks: Sendable {
    private let site: SiteContext
    private let worker: DropWorker
    private let memory = Mutex(Memory())

    private struct Memory: Sendable {
        /// The signature that a waiting drop had when it was last looked at.
        var signatures: [DropID: Int64] = [:]
        /// Drops that had not settled when they were last looked at.
        var unsettled: Set<DropID> = []
        /// When a drop that failed is looked at again, by the policy clock.
        var notBefore: [DropID: Int64] = [:]
        /// When something is looked at again that another worker has, by the monotonic clock: a drop to be finished, or
        /// whatever a party drops, since its drops are taken in one after the other.
        var leasedUntil: [String: UInt64] = [:]
        var failures = 0
    }

    /// How long a drop that another worker has is left alone.
    private static let othersNanoseconds: UInt64 = 50_000_000

    init(site: SiteContext, worker: DropWorker) {
        self.site = site
        self.worker = worker
    }

    /// Drops that could not be worked on and need somebody's help.
    var failures: Int { memory.withLock { $0.failures } }

    /// Whether there is a reason to look at a drop in its party's folder now.
    ///
    /// A bag is looked at as soon as it is there, and again when it has settled: only then can it be called unfit.
    func isDue(_ found: FoundDrop, _ record: DropRecord, isSettled: Bool) -> Bool {
        guard isItsTime(record) else { return false }
        let (seen, wasUnsettled) = memory.withLock { ($0.signatures[record.id], $0.unsettled.contains(record.id)) }
        if seen != found.signature.signed || (found.isBag && isSettled && wasUnsettled) { return true }
        return record.incompleteAt == nil && Holding(site: site).isOverdue(record)
    }

    /// Whether a drop is not to be left alone for a while.
    ///
    /// - Parameter isFinish: Whether only its receipt and source are left to be seen to.
    func isItsTime(_ drop: DropRecord, isFinish: Bool = false) -> Bool {
        let (notBefore, leasedUntil) = memory.withLock {
            ($0.notBefore[drop.id] ?? 0, $0.leasedUntil[Self.turn(drop, isFinish: isFinish)] ?? 0)
        }
        return site.clock.milliseconds >= notBefore && SiteClock.monotonicNanoseconds >= leasedUntil
    }

    /// Forgets drops that waited and that their senders took back.
    ///
    /// - Parameters:
    ///   - open: As they were before the scan.
    ///   - found: What the scan saw.
    func noteVanished(_ open: [DropRecord], found: Set<DropKey>) throws(StageError) {
        for drop in open where drop.state == .waiting && !found.contains(drop.key) {
            do throws(StageError) {
                try DropPlaces(site: site).forgetIfVanished(drop)
            } catch {
                // What cannot be looked at is still there; the scan has reported it, and costs no other drop.
                switch error {
                case .files, .spool: site.logger.debug("\(drop.id): \(error.description)")
                default: throw error
                }
            }
        }
    }

    /// Does other work; a failure is counted and said.
    func count(_ body: () throws(StageError) -> Void) {
        do throws(StageError) { try body() } catch {
            guard !error.mayPass else { return site.logger.warning("\(error.description)") }
            memory.withLock { $0.failures += 1 }
            site.logger.error("\(error.description)")
        }
    }

    /// What others may have hold of.
    private static func turn(_ drop: DropRecord, isFinish: Bool) -> String {
        isFinish ? drop.id.description : "\(drop.party)/\(drop.kind)"
    }

    /// - Returns: false when another worker takes a drop of this party in, which later ones must not overtake.
    func work(on due: DueDrop) -> Bool {
        do throws(StageError) {
            switch due.task {
            case .finish:
                note(try worker.finish(due.record, identity: nil), due)
                return true
            case .take(let signature, let isSettled):
                remember(due.record.id, signature: signature, isSettled: isSettled)
                let look = try worker.look(at: due.record, isSettled: isSettled)
                note(look, due)
                return look != .leased
            }
        } catch {
            memory.withLock { memory in
                memory.failures += 1
                let wait = site.pipeline(of: due.record).retry.capMilliseconds
                memory.notBefore[due.record.id] = site.clock.milliseconds + wait
            }
            let drop = due.record
            site.logger.error("\(drop.id) \(drop.party)/\(drop.kind)/\(drop.name.text): \(error.description)")
            return true
        }
    }

    private func remember(_ drop: DropID, signature: Int64?, isSettled: Bool) {
        memory.withLock { memory in
            memory.signatures[drop] = signature
            if isSettled { memory.unsettled.remove(drop) } else { memory.unsettled.insert(drop) }
        }
    }

    private func note(_ look: DropLook, _ due: DueDrop) {
        let drop = due.record.id
        memory.withLock { memory in
            memory.notBefore[drop] = nil
            switch look {
            case .waiting: return
            case .leased:
                memory.leasedUntil[Self.turn(due.record, isFinish: due.isFinish)] =
                    SiteClock.monotonicNanoseconds + Self.othersNanoseconds
            case .postponed(let until): memory.notBefore[drop] = until
            case .finished, .vanished, .paused: break
            }
            memory.signatures[drop] = nil
            memory.unsettled.remove(drop)
        }
    }
}
