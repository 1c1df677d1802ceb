// ProcessEnd owns how a codec process ended, in words that a receipt can carry.

import Glibc

/// A process's end.
struct ProcessEnd: Sendable {
    /// What waitpid gave.
    let status: Int32

    private var signal: Int32 { status & 0x7F }
    private var exitCode: Int32 { (status >> 8) & 0xFF }

    /// What the instance is said to have done to the decoder.
    var reason: String {
        switch signal {
        case 0: "the decoder ended by itself (code \(exitCode))"
        case SIGXCPU: "the decoder used more processor time than it may"
        case SIGKILL: "the decoder was killed, for want of memory or from outside"
        default: "the decoder crashed (signal \(signal)), from damaged pixel data or for want of memory"
        }
    }
}
