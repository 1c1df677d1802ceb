// What a file's name claims: an archive, and of which form.
//
// A name never decides what a file is; it tells which files must become an archive before they can be taken, and what
// to say of those that never will.

/// The archive that a file's name says it is.
package struct ArchiveName: Sendable, Equatable {
    /// The ending, with its dot.
    package let ending: String
    /// Bytes from the first until the form can be told.
    private let decidingByteCount: Int
    /// Where the form's mark stands, in bytes from the first.
    private let markOffset: Int

    /// Longer endings first.
    private static let known = [
        tar(".tar"), packed(".tar.gz", 3), packed(".tgz", 3), packed(".tar.zst", 4), packed(".tzst", 4),
        packed(".tar.xz", 6), packed(".txz", 6), packed(".tar.bz2", 5), packed(".tbz2", 5), packed(".zip", 4),
        packed(".7z", 6), ArchiveName(ending: ".iso", decidingByteCount: 16 * 2048 + 6, markOffset: 16 * 2048 + 1),
    ]

    private init(ending: String, decidingByteCount: Int, markOffset: Int) {
        self.ending = ending
        self.decidingByteCount = decidingByteCount
        self.markOffset = markOffset
    }

    /// - Returns: nil when the name claims no archive.
    package init?(of fileName: String) {
        let lowered = fileName.lowercased()
        guard let found = Self.known.first(where: { lowered.hasSuffix($0.ending) }) else { return nil }
        self = found
    }

    /// Whether a name ends as archives do that are read here.
    static func isClaimed(by name: [UInt8]) -> Bool {
        ArchiveName(of: String(decoding: name.suffix(longestByteCount), as: UTF8.self)) != nil
    }

    /// Whether a file may still become the archive: it is too short to tell, or zeros stand where the mark belongs, as in
    /// a file that was given its full size before it was written.
    ///
    /// - Parameter prefix: The first 64 KiB, or all of a shorter file.
    package func isUndecided(prefix: UnsafeRawBufferPointer) -> Bool {
        guard prefix.count >= decidingByteCount else { return true }
        return prefix[markOffset..<decidingByteCount].allSatisfy { $0 == 0 }
    }

    private static let longestByteCount = 9

    /// POSIX pax: one header block.
    private static func tar(_ ending: String) -> ArchiveName {
        ArchiveName(ending: ending, decidingByteCount: 512, markOffset: 0)
    }

    private static func packed(_ ending: String, _ markByteCount: Int) -> ArchiveName {
        ArchiveName(ending: ending, decidingByteCount: markByteCount, markOffset: 0)
    }
}
