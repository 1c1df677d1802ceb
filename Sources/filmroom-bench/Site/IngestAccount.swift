// What a program that ran one ingest says of itself at its end.

import Files
import Foundation

/// The account of one ingest.
struct IngestAccount: Codable {
    /// The wall clock when the site was open and the work began, in milliseconds since 1970.
    let startedAtMilliseconds: Int64
    /// Peak resident memory of the program.
    let peakByteCount: Int64
    /// Images in the catalogue afterwards.
    let instanceCount: Int
    /// Drops that need somebody's help.
    let failedDropCount: Int

    func write(to path: String) throws(BenchError) {
        try BenchError.wrap { try Paths.write(Array(try JSONEncoder().encode(self)), to: path) }
    }

    static func read(_ path: String) throws(BenchError) -> IngestAccount {
        try BenchError.wrap { try JSONDecoder().decode(IngestAccount.self, from: Data(try Paths.read(path))) }
    }

    /// Peak resident memory of this program, in bytes.
    ///
    /// Not `getrusage`'s: that one counts the memory of the parent too, from before the program was loaded.
    /// - Source: proc(5), VmHWM.
    static func ownPeakByteCount() throws(BenchError) -> Int64 {
        let text = try BenchError.wrap { String(decoding: try Paths.read("/proc/self/status"), as: UTF8.self) }
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        guard let kibibytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int64($0) })
        else {
            throw .failed("the kernel does not tell this program's peak memory")
        }
        return kibibytes << 10
    }
}
