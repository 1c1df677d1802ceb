// A lock with several conditions, so that a change wakes those whom it concerns and nobody else.
//
// POSIX's own, since NSCondition ties each condition to a lock of its own. A thread that is woken looks again.

import Glibc

/// A lock and the conditions that threads wait for under it.
package final class Monitor: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let conditions: UnsafeMutablePointer<pthread_cond_t>
    private let count: Int

    /// - Parameter conditions: How many there are; they are named by their numbers, from 0.
    package init(conditions count: Int) {
        self.count = count
        conditions = .allocate(capacity: count)
        mutex.initialize(to: pthread_mutex_t())
        conditions.initialize(repeating: pthread_cond_t(), count: count)
        Self.require(pthread_mutex_init(mutex, nil))
        for condition in 0..<count { Self.require(pthread_cond_init(address(condition), nil)) }
    }

    deinit {
        for condition in 0..<count { pthread_cond_destroy(address(condition)) }
        pthread_mutex_destroy(mutex)
        conditions.deallocate()
        mutex.deallocate()
    }

    /// Runs a body that holds the lock.
    package func locked<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
        Self.require(pthread_mutex_lock(mutex))
        defer { Self.require(pthread_mutex_unlock(mutex)) }
        return try body()
    }

    /// Lets go of the lock until the condition is signalled; called with the lock held, in a loop that looks again.
    package func wait(_ condition: Int) {
        Self.require(pthread_cond_wait(address(condition), mutex))
    }

    /// Wakes one thread that waits.
    package func signal(_ condition: Int) {
        Self.require(pthread_cond_signal(address(condition)))
    }

    /// Wakes all threads that wait for a condition.
    package func broadcast(_ condition: Int) {
        Self.require(pthread_cond_broadcast(address(condition)))
    }

    /// Wakes all threads that wait for any condition.
    package func wakeAll() {
        for condition in 0..<count { broadcast(condition) }
    }

    private func address(_ condition: Int) -> UnsafeMutablePointer<pthread_cond_t> {
        precondition(condition >= 0 && condition < count, "there is no condition \(condition)")
        return conditions + condition
    }

    private static func require(_ code: Int32) {
        precondition(code == 0, "a lock fails: \(code)")
    }
}
