// SIGTERM and SIGINT, and wake-ups, as something that a loop can ask for and wait on.

import Dispatch
import Foundation
import Glibc

/// Raised once by SIGTERM or SIGINT.
final class StopSignal: @unchecked Sendable {
    private let condition = NSCondition()
    private var raised = false
    private var isAwake = false
    private var sources: [any DispatchSourceSignal] = []

    init() {
        for number in [SIGTERM, SIGINT] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { [weak self] in self?.raise() }
            source.resume()
            sources.append(source)
        }
    }

    var isRaised: Bool {
        condition.lock()
        defer { condition.unlock() }
        return raised
    }

    /// Waits for the given time, or until it is raised or somebody wakes it; a wake-up since the last wait counts.
    func wait(milliseconds: Int64) {
        let limit = Date(timeIntervalSinceNow: Double(milliseconds) / 1000)
        condition.lock()
        while !raised, !isAwake, condition.wait(until: limit) {}
        isAwake = false
        condition.unlock()
    }

    /// Ends a wait early.
    func wake() {
        condition.lock()
        isAwake = true
        condition.broadcast()
        condition.unlock()
    }

    private func raise() {
        condition.lock()
        raised = true
        condition.broadcast()
        condition.unlock()
    }
}
