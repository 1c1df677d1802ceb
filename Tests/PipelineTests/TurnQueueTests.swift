// Fairness and order of jobs.

import Foundation
import Testing

@testable import Pipeline

private final class Log: @unchecked Sendable {
    private let lock = NSLock()
    private var names: [String] = []
    private var running: Set<String> = []
    private(set) var overlaps = 0
    func begin(_ name: String, party: String) {
        lock.withLock {
            names.append(name)
            if !running.insert(party).inserted { overlaps += 1 }
        }
    }
    func end(party: String) { lock.withLock { _ = running.remove(party) } }
    var all: [String] { lock.withLock { names } }
}

@Suite struct TurnQueueTests {
    @Test func aLongQueueKeepsNobodyWaiting() {
        let log = Log()
        let queue = TurnQueue<String>(threads: 1) { job in
            log.begin(job, party: String(job.prefix(1)))
            log.end(party: String(job.prefix(1)))
            return .done
        }
        queue.offer((0..<100).map { ("a", "a\($0)") } + [("b", "b0")])
        queue.waitUntilIdle()
        queue.close()
        #expect(log.all.count == 101)
        #expect((log.all.firstIndex(of: "b0") ?? 100) <= 2)
        #expect(log.all.filter { $0.hasPrefix("a") } == (0..<100).map { "a\($0)" })
    }

    @Test func onePartysJobsNeverRunAtTheSameTime() {
        let log = Log()
        let queue = TurnQueue<String>(threads: 4) { job in
            let party = String(job.prefix(1))
            log.begin(job, party: party)
            usleep(200)
            log.end(party: party)
            return .done
        }
        queue.offer((0..<50).flatMap { [("a", "a\($0)"), ("b", "b\($0)"), ("c", "c\($0)")] })
        queue.waitUntilIdle()
        queue.close()
        #expect(log.all.count == 150)
        #expect(log.overlaps == 0)
    }

    @Test func aJobThatCannotBeDoneEndsItsPartysTurn() {
        let log = Log()
        let queue = TurnQueue<String>(threads: 2) { job in
            let party = String(job.prefix(1))
            log.begin(job, party: party)
            log.end(party: party)
            return job == "a1" ? .blocked : .done
        }
        queue.offer((0..<4).flatMap { [("a", "a\($0)"), ("b", "b\($0)")] })
        queue.waitUntilIdle()
        queue.close()
        #expect(log.all.filter { $0.hasPrefix("a") } == ["a0", "a1"])
        #expect(log.all.filter { $0.hasPrefix("b") } == ["b0", "b1", "b2", "b3"])
    }

    @Test func whatIsLeftOfAJobComesAfterTheOthers() {
        let log = Log()
        let queue = TurnQueue<String>(threads: 1) { job in
            log.begin(job, party: String(job.prefix(1)))
            log.end(party: String(job.prefix(1)))
            return job == "a0" && log.all.filter { $0 == "a0" }.count < 3 ? .again : .done
        }
        queue.offer([("a", "a0"), ("a", "a1"), ("b", "b0")])
        queue.waitUntilIdle()
        queue.close()
        #expect(log.all == ["a0", "b0", "a1", "a0", "a0"])
    }
}
