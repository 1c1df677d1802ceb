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
}

final class DropLooks: Sendable {
    private let site: SiteContext
    private let worker: DropWorker
    private let memory = Mutex(Memory())

    private struct Memory: Sendable {
        /// The signature that a waiting drop had when it was last looked at.
        var signatures: [DropID: Int64] = [:]
        /// When a drop that somebody else has, or that failed, is looked at again.
        var notBefore: [DropID: Int64] = [:]
        var failures = 0
    }

    /// How long a drop that another worker has is left alone.
    private static let othersMilliseconds: Int64 = 1000

    init(site: SiteContext, worker: DropWorker) {
        self.site = site
        self.worker = worker
    }

    /// Drops that could not be worked on and need somebody's help.
    var failures: Int { memory.withLock { $0.failures } }

    /// Whether there is a reason to look at a drop in its party's folder now.
    func isDue(_ found: FoundDrop, _ record: DropRecord) -> Bool {
        guard isItsTime(record.id) else { return false }
        let seen = memory.withLock { $0.signatures[record.id] }
        if seen != found.signature.signed { return true }
        return record.incompleteAt == nil && Holding(site: site).isOverdue(record)
    }

    /// Whether a drop is not to be left alone for a while.
    func isItsTime(_ drop: DropID) -> Bool {
        let notBefore = memory.withLock { $0.notBefore[drop] ?? 0 }
        return site.clock.milliseconds >= notBefore
    }

    func work(on due: DueDrop) {
        do throws(StageError) {
            switch due.task {
            case .finish: note(try worker.finish(due.record, identity: nil), due.record.id)
            case .take(let signature, let isSettled):
                memory.withLock { $0.signatures[due.record.id] = signature }
                note(try worker.look(at: due.record, isSettled: isSettled), due.record.id)
            }
        } catch {
            memory.withLock { memory in
                memory.failures += 1
                let wait = site.configuration.pipeline(.images).retry.capMilliseconds
                memory.notBefore[due.record.id] = site.clock.milliseconds + wait
            }
            let drop = due.record
            site.logger.error("\(drop.id) \(drop.party)/\(drop.kind)/\(drop.name.text): \(error.description)")
        }
    }

    private func note(_ look: DropLook, _ drop: DropID) {
        memory.withLock { memory in
            memory.notBefore[drop] = nil
            switch look {
            case .waiting: return
            case .leased: memory.notBefore[drop] = site.clock.milliseconds + Self.othersMilliseconds
            case .postponed(let until): memory.notBefore[drop] = until
            case .finished, .vanished: break
            }
            memory.signatures[drop] = nil
        }
    }
}
