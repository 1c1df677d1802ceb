// ProcessLimits owns what the system is told to allow this process: address space, processor time, no core file. What
// is allowed can only shrink.

import Glibc

/// The limits of this process.
package enum ProcessLimits {
    package enum Failure: String, Error, Sendable, CustomStringConvertible {
        case unreadable = "cannot read the limits of the process"
        case unchangeable = "cannot set the limits of the process"

        package var description: String { rawValue }
    }

    /// Bounds the address space for the rest of this process, and forbids core files.
    package static func bindMemory(_ byteCount: UInt64) throws(Failure) {
        try set(Int32(RLIMIT_CORE.rawValue), soft: 0, hard: 0)
        try set(Int32(RLIMIT_AS.rawValue), soft: byteCount, hard: byteCount)
    }

    /// Ends this process by SIGXCPU when it works for so long from now on.
    package static func bindProcessorTime(_ seconds: UInt64) throws(Failure) {
        var used = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used)
        try set(Int32(RLIMIT_CPU.rawValue), soft: UInt64(used.tv_sec) + 1 + seconds, hard: nil)
    }

    /// - Parameter hard: Nil to leave it.
    private static func set(_ resource: __rlimit_resource_t, soft: UInt64, hard: UInt64?) throws(Failure) {
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { throw .unreadable }
        limit.rlim_max = min(limit.rlim_max, hard.map { rlim_t($0) } ?? limit.rlim_max)
        limit.rlim_cur = min(rlim_t(soft), limit.rlim_max)
        guard setrlimit(resource, &limit) == 0 else { throw .unchangeable }
    }
}
