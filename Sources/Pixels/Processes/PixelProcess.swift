// PixelProcess owns one running `filmroom-pixels serve`: its start, one request at a time, and its end. Whoever gives
// it up kills it and waits for it: no process outlives its owner, and none is left unreaped.
// The child gets no descriptor but the channel, and no environment but its language.

internal import CSystem
import Glibc

/// A codec process.
final class PixelProcess {
    /// Why a process gave no answer.
    enum Failure: Error {
        /// It was too slow, and was killed.
        case timedOut
        /// It has ended.
        case ended(ProcessEnd)
        /// It spoke otherwise than it should.
        case malformed
        case system(String)
    }

    private let id: pid_t
    private let descriptor: Int32
    private let channel: MessageChannel
    private var isReaped = false
    /// Requests answered so far.
    private(set) var answerCount = 0

    private init(id: pid_t, descriptor: Int32, limits: PixelLimits) {
        self.id = id
        self.descriptor = descriptor
        channel = MessageChannel(
            input: descriptor, output: descriptor, maximumPayloadByteCount: limits.frameByteCount * 4)
    }

    deinit {
        _ = end()
        close(descriptor)
    }

    /// Starts a process and waits until it says that it is there.
    ///
    /// - Throws: `.unavailable` when there is no such program, or it does not start.
    static func start(_ program: String, limits: PixelLimits) throws(PixelsError) -> PixelProcess {
        var ends: [Int32] = [0, 0]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
            throw .unavailable("cannot make a socket: \(String(cString: strerror(errno)))")
        }
        defer { close(ends[1]) }
        let arguments = [
            program, "serve", "--memory", String(limits.memoryByteCount), "--processor",
            String(limits.processorSeconds), "--frame-bytes", String(limits.frameByteCount), "--header-bytes",
            String(limits.headerByteCount),
        ]
        let (id, code) = spawn(program, arguments, channel: ends[1])
        guard code == 0 else {
            close(ends[0])
            throw .unavailable("cannot start \(program): \(String(cString: strerror(code)))")
        }
        let process = PixelProcess(id: id, descriptor: ends[0], limits: limits)
        do throws(MessageChannel.Failure) {
            _ = try process.channel.receive(within: limits.answerSeconds)
        } catch {
            throw .unavailable("\(program) does not start: \(process.end().reason)")
        }
        return process
    }

    private static func spawn(_ program: String, _ arguments: [String], channel: Int32) -> (pid_t, Int32) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, channel, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, channel, STDOUT_FILENO)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        _ = filmroom_spawn_closes_from(&actions, STDERR_FILENO + 1)
        var texts = copied(arguments)
        var variables = copied(["LC_ALL=C.UTF-8", "SWIFT_BACKTRACE=enable=no"])
        defer { for text in texts + variables { free(text) } }
        var id: pid_t = 0
        let code = posix_spawn(&id, program, &actions, nil, &texts, &variables)
        return (id, code)
    }

    /// Texts as the system takes them: C strings, and a null pointer at the end.
    private static func copied(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
        texts.map { strdup($0) } + [nil]
    }

    /// Asks and waits.
    func answer(_ request: [UInt8], within seconds: Double) throws(Failure) -> MessageChannel.Message {
        do throws(MessageChannel.Failure) {
            try channel.send(header: request)
            let message = try channel.receive(within: seconds)
            answerCount += 1
            return message
        } catch {
            switch error {
            case .timedOut: throw .timedOut
            case .closed: throw .ended(end())
            case .malformed: throw .malformed
            case .system(let code): throw .system(String(cString: strerror(code)))
            }
        }
    }

    /// Ends the process at once.
    ///
    /// A process that has closed its channel is given a moment to end by itself, so that the cause is its own.
    private func end() -> ProcessEnd {
        guard !isReaped else { return ProcessEnd(status: 0) }
        var status: Int32 = 0
        for _ in 0..<20 where !isReaped {
            isReaped = waitpid(id, &status, WNOHANG) == id
            if isReaped || !isClosed { break }
            usleep(5_000)
        }
        if !isReaped {
            kill(id, SIGKILL)
            while waitpid(id, &status, 0) < 0, errno == EINTR {}
            isReaped = true
        }
        return ProcessEnd(status: status)
    }

    /// True when the other side has closed its end.
    private var isClosed: Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, 0) > 0 && entry.revents & Int16(POLLHUP) != 0
    }
}
