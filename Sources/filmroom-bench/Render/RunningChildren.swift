// The memory of the programs that this one has started and that still run, by the kernel's account. (What it tells of
// those that have ended counts the memory of the parent that they were forked from.)

import Foundation

enum RunningChildren {
    /// The most memory that one of them has had, in bytes.
    static func peakByteCount() -> Int64 {
        let tasks = names(in: "/proc/self/task")
        let children = tasks.flatMap { words(of: "/proc/self/task/\($0)/children") }
        return children.map(peakByteCount).max() ?? 0
    }

    private static func peakByteCount(ofProcess id: String) -> Int64 {
        let words = words(of: "/proc/\(id)/status")
        guard let place = words.firstIndex(of: "VmHWM:"), place + 1 < words.count else { return 0 }
        return (Int64(words[place + 1]) ?? 0) * 1024
    }

    private static func names(in folder: String) -> [String] {
        do { return try FileManager.default.contentsOfDirectory(atPath: folder) } catch { return [] }
    }

    private static func words(of path: String) -> [String] {
        let text = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return text.split(whereSeparator: \.isWhitespace).map(String.init)
    }
}
