// Another program, run to its end, and what it used.
//
// Nothing is shared with it but standard error, and that only where wanted.

import Files
import Foundation
import Glibc

/// A program that was started.
struct ChildProcess {
    let id: pid_t
    let name: String

    /// What a program used, by the kernel's account.
    struct Usage {
        /// 128 and the signal's number when a signal ended it.
        let exitCode: Int32
        /// User and system time of all its threads.
        let processorSeconds: Double
        /// The most memory that it held; never less than this program's own when it was started.
        let peakByteCount: Int64
    }

    /// The file of this program.
    static var ownPath: String { Paths.real("/proc/self/exe") ?? CommandLine.arguments[0] }

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - program: A path, or a name that is looked for in PATH.
    ///   - isSilent: Whether what it says on standard error is thrown away.
    /// - Throws: `.missingProgram` when there is none.
    static func start(
        _ program: String, _ arguments: [String], isSilent: Bool = false
    ) throws(BenchError) -> ChildProcess {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        if isSilent { posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0) }
        let texts = CStrings([program] + arguments)
        let variables = CStrings(ProcessInfo.processInfo.environment.map { "\($0)=\($1)" })
        var id: pid_t = 0
        let code = posix_spawnp(&id, program, &actions, nil, texts.pointers, variables.pointers)
        if code == ENOENT { throw .missingProgram(program) }
        guard code == 0 else { throw .system(FilesError(operation: "start", path: program, code: code)) }
        return ChildProcess(id: id, name: program)
    }

    /// Runs a program whose only result is what it does to files.
    ///
    /// - Parameter folder: Its working folder.
    static func run(_ program: String, _ arguments: [String], in folder: String) throws(BenchError) {
        let usage = try start("env", ["-C", folder, program] + arguments).wait()
        if usage.exitCode == notFoundExitCode { throw .missingProgram(program) }
        guard usage.exitCode == 0 else { throw .programFailed(program, exitCode: usage.exitCode) }
    }

    /// env's, when there is no such program.
    private static let notFoundExitCode: Int32 = 127

    /// Waits for its end.
    func wait() throws(BenchError) -> Usage {
        var status: Int32 = 0
        var usage = rusage()
        while wait4(id, &status, 0, &usage) < 0 {
            guard errno == EINTR else { throw .system(FilesError(operation: "wait for", path: name, code: errno)) }
        }
        let signal = status & 0x7F
        return Usage(
            exitCode: signal == 0 ? (status >> 8) & 0xFF : 128 + signal,
            processorSeconds: Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime),
            peakByteCount: Int64(usage.ru_maxrss) * 1024)
    }

    /// Asks it to end.
    func terminate() {
        kill(id, SIGTERM)
    }

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1e6
    }
}

/// Texts as the system takes them: a list of C strings that ends with a null pointer.
private final class CStrings {
    let pointers: [UnsafeMutablePointer<CChar>?]

    init(_ texts: [String]) {
        pointers = texts.map { strdup($0) } + [nil]
    }

    deinit {
        for pointer in pointers { free(pointer) }
    }
}
