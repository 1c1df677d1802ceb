// SIGTERM and SIGINT as something that a loop can ask for and wait on.

import Dispatch
import Foundation
import Glibc

/// Raised once by SIGTERM or SIGINT.
final class StopSignal: @unchecked Sendable {
    private let condition = NSCondition()
    private var raised = false
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

    /// Waits for the given time, or until it is raised or woken.
    func wait(milliseconds: Int64) {
        condition.lock()
        if !raised { _ = condition.wait(until: Date(timeIntervalSinceNow: Double(milliseconds) / 1000)) }
        condition.unlock()
    }

    /// Ends a wait early.
    func wake() {
        condition.lock()
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
