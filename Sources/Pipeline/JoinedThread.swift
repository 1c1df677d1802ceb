// A thread that is waited for to its very end.
//
// Foundation's `Thread` cannot be joined: one that has said that it is done may still be letting go of what it held, a
// database among it, while the program ends and tears down the runtime below it.

internal import Foundation

/// A thread of its own, which runs one body.
package final class JoinedThread: @unchecked Sendable {
    private final class Body {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    private let lock = NSLock()
    /// nil once it was waited for.
    private var handle: pthread_t?

    /// Starts it.
    ///
    /// - Parameters:
    ///   - stackByteCount: Size of its stack.
    ///   - body: What it does. It is let go of on this thread, before the thread ends.
    package init(stackByteCount: Int, _ body: @escaping @Sendable () -> Void) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, stackByteCount)
        var thread = pthread_t()
        let held = Unmanaged.passRetained(Body(body))
        let status = pthread_create(
            &thread, &attributes,
            { argument in
                if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            }, held.toOpaque())
        precondition(status == 0, "no thread can be started: \(String(cString: strerror(status)))")
        handle = thread
    }

    deinit {
        if let handle { pthread_detach(handle) }
    }

    /// Waits until nothing of the thread is left; any number of times, by any thread but itself.
    package func join() {
        lock.lock()
        defer { lock.unlock() }
        guard let handle else { return }
        pthread_join(handle, nil)
        self.handle = nil
    }
}
