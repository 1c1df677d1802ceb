// MessagedProcess owns one running program that is spoken to in messages: its start and its end. Whoever gives it up
// kills it and waits for it: no process outlives its owner, and none is left unreaped.
// The child gets no descriptor but the channel, and no environment but its language.

internal import CSystem
import Glibc

/// A program that was started to be asked.
package final class MessagedProcess {
    /// Why a program could not be started, in words.
    package struct StartFailure: Error, Sendable {
        package let reason: String
    }

    package let channel: MessageChannel
    private let id: pid_t
    private let descriptor: Int32
    private var isReaped = false

    private init(id: pid_t, descriptor: Int32, maximumPayloadByteCount: UInt64) {
        self.id = id
        self.descriptor = descriptor
        channel = MessageChannel(
            input: descriptor, output: descriptor, maximumPayloadByteCount: maximumPayloadByteCount)
    }

    deinit {
        _ = end()
        close(descriptor)
    }

    /// Starts a program, whose standard input and output are the channel.
    ///
    /// - Parameters:
    ///   - arguments: Without the program's own name.
    ///   - maximumPayloadByteCount: Bytes of the largest payload that is taken from it.
    package static func start(
        _ program: String, _ arguments: [String], maximumPayloadByteCount: UInt64
    ) throws(StartFailure) -> MessagedProcess {
        var ends: [Int32] = [0, 0]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
            throw StartFailure(reason: "cannot make a socket: \(String(cString: strerror(errno)))")
        }
        defer { close(ends[1]) }
        let (id, code) = spawn(program, [program] + arguments, channel: ends[1])
        guard code == 0 else {
            close(ends[0])
            throw StartFailure(reason: "cannot start \(program): \(String(cString: strerror(code)))")
        }
        return MessagedProcess(
            id: id, descriptor: ends[0], maximumPayloadByteCount: maximumPayloadByteCount)
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

    /// Ends the process at once.
    ///
    /// A process that has closed its channel is given a moment to end by itself, so that the cause is its own.
    package func end() -> ProcessEnd {
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
