// Writes one pack into the staging folder, member by member, front to back.
//
// Invariants: members are appended in the order of the calls; a member that is given up leaves no byte behind;
// nothing is durable before `PackInstaller` has made it so. Memory: one buffer of 256 KiB.
// The file is open only while it is written to, so that a drop of many series needs few descriptors.

package import Files

/// A pack in the making.
package final class PackWriter {
    package let series: PackSeries
    /// The file's name in the staging folder.
    package let stagingName: FileName

    private let staging: OpenDirectory
    private var file: OpenFile?
    private var buffer: [UInt8] = []
    /// Bytes that are in the file already; `buffer` comes after them.
    private var written: Int64 = 0
    private var writebackFrom: Int64 = 0
    private var members: [Written] = []
    private var seen: Set<String> = []
    private var memberStart: Int64?

    /// A member as it is kept until the manifest is written: as little as can be, for there may be many.
    private struct Written {
        let sopInstanceUID: String
        let offset: Int64
        let byteCount: Int64
        let sha256: SHA256Digest
        let conflict: Bool
        /// Whether the pack has an earlier member of this UID.
        let isRepeated: Bool

        var name: String {
            isRepeated ? "\(sopInstanceUID)-\(sha256.short).dcm" : "\(sopInstanceUID).dcm"
        }

        var member: PackManifest.Member {
            PackManifest.Member(
                name: name, offset: offset, byteCount: byteCount, sha256: sha256.hex, sopInstanceUID: sopInstanceUID,
                conflict: conflict)
        }
    }

    private static let bufferByteCount = 256 << 10
    private static let writebackByteCount: Int64 = 8 << 20

    package init(series: PackSeries, staging: OpenDirectory, stagingName: FileName) {
        self.series = series
        self.staging = staging
        self.stagingName = stagingName
    }

    package var isEmpty: Bool { members.isEmpty }
    package var isOpen: Bool { file != nil }
    package var memberCount: Int { members.count }

    /// Appends a whole file.
    ///
    /// - Parameter pieces: Its bytes in their order; they go into the file from where they lie.
    /// - Returns: Its offset in the pack, in bytes.
    package func append(
        _ pieces: [UnsafeRawBufferPointer], sopInstanceUID: String, sha256: SHA256Digest, conflict: Bool
    ) throws(ArchiveError) -> Int64 {
        precondition(memberStart == nil, "one member at a time")
        let byteCount = pieces.reduce(0) { $0 + $1.count }
        let member = Written(
            sopInstanceUID: sopInstanceUID, offset: position + Int64(TarHeader.blockByteCount),
            byteCount: Int64(byteCount), sha256: sha256, conflict: conflict,
            isRepeated: !seen.insert(sopInstanceUID).inserted)
        buffer.append(contentsOf: TarHeader.bytes(name: member.name, byteCount: member.byteCount))
        if buffer.count + byteCount <= Self.bufferByteCount {
            for piece in pieces { buffer.append(contentsOf: piece) }
        } else {
            try writeThrough(pieces)
        }
        buffer.append(contentsOf: repeatElement(0, count: TarHeader.padding(after: member.byteCount)))
        members.append(member)
        return member.offset
    }

    /// Starts a member whose bytes come in pieces.
    package func beginMember() throws(ArchiveError) {
        precondition(memberStart == nil, "one member at a time")
        memberStart = position
        buffer.append(contentsOf: repeatElement(0, count: TarHeader.blockByteCount))
    }

    /// Appends a piece of the member.
    package func write(_ bytes: UnsafeRawBufferPointer) throws(ArchiveError) {
        if buffer.count + bytes.count <= Self.bufferByteCount {
            buffer.append(contentsOf: bytes)
            return
        }
        try writeThrough([bytes])
    }

    /// Ends the member: its header and padding.
    ///
    /// - Returns: Its content's offset in the pack, in bytes.
    package func endMember(
        sopInstanceUID: String, sha256: SHA256Digest, conflict: Bool
    ) throws(ArchiveError) -> Int64 {
        guard let start = memberStart else { preconditionFailure("no member was begun") }
        let offset = start + Int64(TarHeader.blockByteCount)
        let byteCount = position - offset
        let written = Written(
            sopInstanceUID: sopInstanceUID, offset: offset, byteCount: byteCount, sha256: sha256, conflict: conflict,
            isRepeated: !seen.insert(sopInstanceUID).inserted)
        try putHeader(TarHeader.bytes(name: written.name, byteCount: byteCount), at: start)
        buffer.append(contentsOf: repeatElement(0, count: TarHeader.padding(after: byteCount)))
        members.append(written)
        memberStart = nil
        return offset
    }

    /// Takes back the member that was begun.
    package func abandonMember() throws(ArchiveError) {
        guard let start = memberStart else { return }
        memberStart = nil
        if start >= written {
            buffer.removeLast(buffer.count - Int(start - written))
            return
        }
        buffer.removeAll(keepingCapacity: true)
        let file = try openFile()
        try ArchiveError.wrap { () throws(FilesError) in try file.truncate(to: start) }
        written = start
        writebackFrom = min(writebackFrom, start)
    }

    /// Ends the pack: `pack.json` and the two empty blocks of a tar's end. Closes the file.
    ///
    /// - Parameter number: The pack's place among those of its drop, from 1.
    package func seal(drop: PackManifest.Drop, number: Int) throws(ArchiveError) -> SealedPack {
        precondition(memberStart == nil && !members.isEmpty, "a pack is sealed between members, and never empty")
        let manifest = PackManifest(series: series, drop: drop, number: number, members: [])
        let digest = try writeManifest(try manifest.encoded(with: members.lazy.map(\.member), count: members.count))
        buffer.append(contentsOf: repeatElement(0, count: 2 * TarHeader.blockByteCount))
        try close()
        return SealedPack(
            series: series, stagingName: stagingName, digest: digest, byteCount: written, memberCount: members.count)
    }

    /// Writes the manifest without another copy of it: a series of many images has a long one.
    private func writeManifest(_ json: [UInt8]) throws(ArchiveError) -> SHA256Digest {
        buffer.append(contentsOf: TarHeader.bytes(name: PackManifest.memberName, byteCount: Int64(json.count)))
        let result: Result<Void, ArchiveError> = json.withUnsafeBytes { bytes in
            do throws(ArchiveError) { return .success(try writeThrough([bytes])) } catch { return .failure(error) }
        }
        try result.get()
        return SHA256.digest(of: json)
    }

    /// Writes what is buffered and closes the file; it opens again when needed.
    package func close() throws(ArchiveError) {
        try flush()
        file = nil
        buffer = []
    }

    private var position: Int64 { written + Int64(buffer.count) }

    private func putHeader(_ header: [UInt8], at start: Int64) throws(ArchiveError) {
        if start >= written {
            let index = Int(start - written)
            buffer.replaceSubrange(index..<index + header.count, with: header)
            return
        }
        let file = try openFile()
        let result: Result<Void, FilesError> = header.withUnsafeBytes { bytes in
            do throws(FilesError) { return .success(try file.write(bytes, at: start)) } catch { return .failure(error) }
        }
        try ArchiveError.wrap { () throws(FilesError) in try result.get() }
    }

    private func flush() throws(ArchiveError) {
        if !buffer.isEmpty { try writeThrough([]) }
    }

    /// Writes what is buffered and some bytes behind it, in one go.
    private func writeThrough(_ pieces: [UnsafeRawBufferPointer]) throws(ArchiveError) {
        let file = try openFile()
        let at = written
        let result: Result<Void, FilesError> = buffer.withUnsafeBytes { head in
            do throws(FilesError) { return .success(try file.write(gathering: [head] + pieces, at: at)) } catch {
                return .failure(error)
            }
        }
        try ArchiveError.wrap { () throws(FilesError) in try result.get() }
        written += Int64(pieces.reduce(buffer.count) { $0 + $1.count })
        buffer.removeAll(keepingCapacity: true)
        startWriteback(file)
    }

    private func startWriteback(_ file: OpenFile) {
        guard written - writebackFrom >= Self.writebackByteCount else { return }
        file.startWriteback(at: writebackFrom, count: written - writebackFrom)
        writebackFrom = written
    }

    private func openFile() throws(ArchiveError) -> OpenFile {
        if let file { return file }
        let opened = try ArchiveError.wrap { () throws(FilesError) in
            written == 0
                ? try staging.createFile(stagingName)
                : try OpenFile.update(staging.path(of: stagingName))
        }
        file = opened
        return opened
    }
}
