// A thread that hashes a drop's bytes, and those of its files with them, behind the one that reads and unpacks.
//
// Invariants: steps are done in the order in which they were sent; the thread waits for nothing but steps, so that whoever
// waits for it never waits for himself; at most `roomByteCount` bytes, and one group of steps, lie before it.

internal import Files
internal import Pipeline

/// Hashes what it is sent.
final class HashLine: @unchecked Sendable {
    /// One thing to do.
    enum Step {
        case bytes(Span, PairedSHA256.Reach)
        case beginFile
        case endFile(FileDigest)
    }

    private struct Group {
        let steps: [Step]
        let byteCount: Int
    }

    /// Few enough for a processor's cache.
    private static let roomByteCount = 8 << 20

    /// What threads wait for: steps, room for more, a group's end.
    private enum Wake {
        static let steps = 0
        static let room = 1
        static let digests = 2
        static let count = 3
    }

    private let monitor = Monitor(conditions: Wake.count)
    private var groups: [Group] = []
    private var waitingByteCount = 0
    /// Groups that were sent and groups that are done, since the start.
    private var sent = 0
    private var done = 0
    /// The group that somebody waits for.
    private var awaited = 0
    private var isClosed = false
    private let hash = PairedSHA256()
    private var thread: JoinedThread?

    init() {
        thread = JoinedThread(stackByteCount: 1 << 20) { self.loop() }
    }

    /// - Returns: The number to wait for.
    @discardableResult
    func send(_ steps: [Step], byteCount: Int) -> Int {
        monitor.locked {
            guard !steps.isEmpty else { return sent }
            groups.append(Group(steps: steps, byteCount: byteCount))
            waitingByteCount += byteCount
            sent += 1
            monitor.signal(Wake.steps)
            return sent
        }
    }

    /// Waits while too much lies before the thread.
    func waitForRoom() {
        monitor.locked {
            while waitingByteCount > Self.roomByteCount { monitor.wait(Wake.room) }
        }
    }

    /// Waits until a group and all before it are done; one thread at a time.
    func wait(until number: Int) {
        monitor.locked {
            awaited = number
            while done < number { monitor.wait(Wake.digests) }
        }
    }

    /// The digest of the drop, once all that was sent is done; ends the thread.
    func finish() -> SHA256Digest {
        close()
        return hash.finish()
    }

    /// Ends the thread when it has done what was sent, and waits for it.
    func close() {
        monitor.locked {
            isClosed = true
            monitor.wakeAll()
        }
        thread?.join()
    }

    private func loop() {
        while let group = take() {
            for step in group.steps { perform(step) }
            monitor.locked {
                waitingByteCount -= group.byteCount
                done += 1
                if waitingByteCount <= Self.roomByteCount { monitor.broadcast(Wake.room) }
                if done == awaited { monitor.signal(Wake.digests) }
            }
        }
    }

    private func take() -> Group? {
        monitor.locked {
            while groups.isEmpty, !isClosed { monitor.wait(Wake.steps) }
            return groups.isEmpty ? nil : groups.removeFirst()
        }
    }

    private func perform(_ step: Step) {
        switch step {
        case .bytes(let span, let reach): hash.update(span.bytes, into: reach)
        case .beginFile: hash.beginPart()
        case .endFile(let digest): digest.value = hash.finishPart()
        }
    }
}

/// The digest of a file of a drop, there when the line has come to its end.
final class FileDigest: @unchecked Sendable {
    /// Written by the line's thread; read after waiting for it.
    fileprivate(set) var value: SHA256Digest?
}
