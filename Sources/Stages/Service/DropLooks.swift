// Looks at drops that are due, and remembers which were looked at in which state, so that a drop that waits costs nothing
// until it changes.
//
// Shared by the threads of a service; its state is behind one lock.

internal import Catalog
internal import Spool
internal import Synchronization

/// A drop that is due to be looked at.
struct DueDrop: Sendable {
    let found: FoundDrop
    let record: DropRecord
    let isSettled: Bool
}

final class DropLooks: Sendable {
    private let site: SiteContext
    private let worker: DropWorker
    private let memory = Mutex(Memory())

    private struct Memory: Sendable {
        /// The signature that a waiting drop had when it was last looked at.
        var signatures: [DropID: Int64] = [:]
        var failures = 0
    }

    init(site: SiteContext, worker: DropWorker) {
        self.site = site
        self.worker = worker
    }

    /// Drops that could not be worked on and need somebody's help.
    var failures: Int { memory.withLock { $0.failures } }

    /// Whether there is a reason to look at a drop now.
    func isDue(_ found: FoundDrop, _ record: DropRecord) -> Bool {
        let seen = memory.withLock { $0.signatures[record.id] }
        if seen != found.signature.signed { return true }
        return record.incompleteAt == nil && Holding(site: site).isOverdue(record)
    }

    func look(at due: DueDrop) {
        memory.withLock { $0.signatures[due.record.id] = due.found.signature.signed }
        do throws(StageError) {
            let look = try worker.look(at: due.record, isSettled: due.isSettled)
            guard look != .waiting else { return }
            memory.withLock { $0.signatures[due.record.id] = nil }
        } catch {
            fail(due.record, error)
        }
    }

    /// Finishes a committed drop that an earlier worker has left.
    func finish(_ drop: DropRecord) {
        do throws(StageError) { try worker.finish(drop, identity: nil) } catch { fail(drop, error) }
    }

    /// Takes up a claim that an earlier worker has left.
    func resume(_ drop: DropRecord) {
        do throws(StageError) { _ = try worker.look(at: drop, isSettled: true) } catch { fail(drop, error) }
    }

    private func fail(_ drop: DropRecord, _ error: StageError) {
        memory.withLock { $0.failures += 1 }
        site.logger.error("\(drop.id) \(drop.party)/\(drop.kind)/\(drop.name.text): \(error.description)")
    }
}
