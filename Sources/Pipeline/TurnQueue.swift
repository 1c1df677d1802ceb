// Jobs of several parties, worked off by several threads: one at a time for each party, the parties in turns.
//
// Invariants: no two jobs of one party run at the same time, and they run in the order offered; a party with many jobs
// delays another's next job by at most one job a thread. A job that runs is not offered again. A job that cannot be done
// now ends its party's turn, so that none of its later jobs overtakes it.

internal import Foundation

/// What became of a job.
package enum TurnOutcome: Sendable {
    case done
    /// Something is left of it, which comes after the party's other jobs: a long job is done in pieces.
    case again
    /// It cannot be done now, and neither can the party's later jobs.
    case blocked
}

/// Hands jobs out fairly.
package final class TurnQueue<Job: Sendable>: @unchecked Sendable {
    private let condition = NSCondition()
    private var jobs: [String: [Job]] = [:]
    /// Parties with jobs, the next one first.
    private var order: [String] = []
    private var running: Set<String> = []
    private var isClosed = false
    private var threads: [JoinedThread] = []
    private let work: @Sendable (Job) -> TurnOutcome

    /// - Parameter work: Does one job, or a piece of one, on any of the threads.
    package init(threads count: Int, work: @escaping @Sendable (Job) -> TurnOutcome) {
        self.work = work
        threads = (0..<count).map { _ in JoinedThread(stackByteCount: 4 << 20) { self.loop() } }
    }

    /// Replaces what is not running yet.
    package func offer(_ offered: [(party: String, job: Job)]) {
        condition.lock()
        defer { condition.unlock() }
        jobs = Dictionary(grouping: offered, by: \.party).mapValues { $0.map(\.job) }
        let known = order.filter { jobs[$0] != nil }
        order =
            known
            + offered.map(\.party).filter { !known.contains($0) }.reduce(into: []) { list, party in
                if !list.contains(party) { list.append(party) }
            }
        condition.broadcast()
    }

    /// Waits until nothing runs and nothing is left.
    package func waitUntilIdle() {
        condition.lock()
        while !running.isEmpty || !jobs.isEmpty { condition.wait() }
        condition.unlock()
    }

    /// Drops what is not running, and waits for what is.
    package func close() {
        condition.lock()
        isClosed = true
        jobs = [:]
        order = []
        condition.broadcast()
        condition.unlock()
        for thread in threads { thread.join() }
    }

    private func loop() {
        while let (party, job) = take() {
            let outcome = work(job)
            condition.lock()
            switch outcome {
            case .done: break
            case .again: offerAgain(job, of: party)
            case .blocked:
                jobs[party] = nil
                order.removeAll { $0 == party }
            }
            running.remove(party)
            condition.broadcast()
            condition.unlock()
        }
    }

    private func offerAgain(_ job: Job, of party: String) {
        guard !isClosed else { return }
        jobs[party, default: []].append(job)
        if !order.contains(party) { order.append(party) }
    }

    private func take() -> (String, Job)? {
        condition.lock()
        defer { condition.unlock() }
        while !isClosed {
            if let index = order.firstIndex(where: { !running.contains($0) }) {
                let party = order.remove(at: index)
                guard var list = jobs[party], !list.isEmpty else { continue }
                let job = list.removeFirst()
                jobs[party] = list.isEmpty ? nil : list
                if !list.isEmpty { order.append(party) }
                running.insert(party)
                return (party, job)
            }
            condition.wait()
        }
        return nil
    }
}
