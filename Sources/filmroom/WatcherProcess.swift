// Runs `filmroom-watch` and passes its lines on as wake-ups; starts it again when it ends.
//
// Never the truth: without it, drops are found by the scan, only later. It ends with this process, since it reads the end of
// a pipe that this process holds.

import Foundation
import Logging

/// The watcher beside this program.
final class WatcherProcess: @unchecked Sendable {
    private let folder: String
    private let logger: Logger
    private let onEvent: @Sendable () -> Void
    private let lock = NSLock()
    private var isStopped = false
    private var process: Process?

    private static let restartSeconds = 1.0

    /// - Parameters:
    ///   - folder: What is watched, with all that is in it.
    ///   - onEvent: Called for each event.
    init(folder: String, logger: Logger, onEvent: @escaping @Sendable () -> Void) {
        self.folder = folder
        self.logger = logger
        self.onEvent = onEvent
    }

    /// Starts the watcher on a thread of its own.
    func start() {
        guard FileManager.default.isExecutableFile(atPath: Self.program) else {
            logger.warning("\(Self.program) is not there: drops are found by the scan alone, every scanEvery")
            return
        }
        Thread { self.loop() }.start()
    }

    func stop() {
        lock.lock()
        isStopped = true
        let running = process
        lock.unlock()
        running?.terminate()
    }

    /// `filmroom-watch` in the folder of this program.
    private static var program: String {
        let own = Bundle.main.executablePath ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: own).resolvingSymlinksInPath().deletingLastPathComponent().path + "/filmroom-watch"
    }

    private func loop() {
        while true {
            do {
                try runOnce()
            } catch {
                logger.warning("filmroom-watch cannot be started: \(error)")
            }
            onEvent()
            lock.lock()
            let stopped = isStopped
            lock.unlock()
            if stopped { return }
            logger.warning("filmroom-watch ended; it is started again, and the scan goes on meanwhile")
            Thread.sleep(forTimeInterval: Self.restartSeconds)
        }
    }

    private func runOnce() throws {
        let output = Pipe()
        let input = Pipe()
        let child = Process()
        child.executableURL = URL(fileURLWithPath: Self.program)
        child.arguments = [folder]
        child.standardOutput = output
        child.standardInput = input
        try child.run()
        lock.lock()
        process = child
        let stopped = isStopped
        lock.unlock()
        if stopped { child.terminate() }
        while case let data = output.fileHandleForReading.availableData, !data.isEmpty { onEvent() }
        child.waitUntilExit()
        try input.fileHandleForWriting.close()
    }
}
