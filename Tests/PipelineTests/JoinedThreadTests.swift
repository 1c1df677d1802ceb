import Foundation
import Testing

@testable import Pipeline

/// Tells when it was let go of; slowly, so that a thread which is not waited for is still at it.
private final class Held: @unchecked Sendable {
    let onRelease: @Sendable () -> Void

    init(onRelease: @escaping @Sendable () -> Void) { self.onRelease = onRelease }

    deinit {
        Thread.sleep(forTimeInterval: 0.05)
        onRelease()
    }
}

private final class Flag: @unchecked Sendable {
    var isRaised = false
}

@Suite struct JoinedThreadTests {
    @Test func whatTheThreadHeldIsLetGoOfWhenItIsJoined() {
        let released = Flag()
        var held: Held? = Held { released.isRaised = true }
        let thread = JoinedThread(stackByteCount: 1 << 20) { [held] in _ = held?.onRelease }
        held = nil
        thread.join()
        #expect(released.isRaised)
    }

    @Test func itMayBeJoinedAgain() {
        let done = Flag()
        let thread = JoinedThread(stackByteCount: 1 << 20) { done.isRaised = true }
        thread.join()
        thread.join()
        #expect(done.isRaised)
    }
}
