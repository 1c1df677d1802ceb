// ProcessEnd owns how a process ended, in words that a receipt or a log can carry.

import Glibc

/// A process's end.
package struct ProcessEnd: Sendable {
    /// What waitpid gave.
    let status: Int32

    private var signal: Int32 { status & 0x7F }
    private var exitCode: Int32 { (status >> 8) & 0xFF }

    /// How it ended.
    ///
    /// - Parameters:
    ///   - program: What it is called: `the decoder`.
    ///   - cause: What is to blame for a crash: `damaged pixel data`.
    package func reason(of program: String, cause: String) -> String {
        switch signal {
        case 0: "\(program) ended by itself (code \(exitCode))"
        case SIGXCPU: "\(program) used more processor time than it may"
        case SIGKILL: "\(program) was killed, for want of memory or from outside"
        default: "\(program) crashed (signal \(signal)), from \(cause) or for want of memory"
        }
    }
}
