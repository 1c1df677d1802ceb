// One thread a core over numbered pieces of work.
//
// Invariants: each number is worked on once; after the first error no new one is begun, and that error is thrown.

import Dispatch
import Foundation
import Synchronization

enum ParallelLoop {
    static var threadCount: Int { ProcessInfo.processInfo.activeProcessorCount }

    /// Calls `body` with each number below `count`.
    ///
    /// - Parameters:
    ///   - state: Makes what one thread keeps between its calls, such as a buffer.
    ///   - body: Called on any thread.
    static func run<State>(
        count: Int, state: @Sendable () -> State, body: @Sendable (inout State, Int) throws(BenchError) -> Void
    ) throws(BenchError) {
        let counter = Counter(count: count)
        DispatchQueue.concurrentPerform(iterations: min(threadCount, max(1, count))) { _ in
            var own = state()
            while let number = counter.next() {
                do throws(BenchError) { try body(&own, number) } catch { counter.stop(error) }
            }
        }
        if let failure = counter.failure { throw failure }
    }
}

/// The numbers that are left.
private final class Counter: Sendable {
    private struct Position {
        var next = 0
        var failure: BenchError?
    }

    private let count: Int
    private let position = Mutex(Position())

    init(count: Int) {
        self.count = count
    }

    var failure: BenchError? { position.withLock { $0.failure } }

    func next() -> Int? {
        position.withLock { position in
            guard position.failure == nil, position.next < count else { return nil }
            defer { position.next += 1 }
            return position.next
        }
    }

    func stop(_ error: BenchError) {
        position.withLock { $0.failure = $0.failure ?? error }
    }
}
