// Makes a second copy of a pack in another tier: the last-copy guard's first half.
//
// Order: written to the target's staging folder → fsynced → forgotten by the kernel and read back from the medium, every
// byte compared with the digest that names the pack → renamed to its place → folders fsynced. When this returns there
// are two verified copies. It removes nothing.

package import Files
internal import Foundation

/// A pack on its way from one tier to another.
package struct PackCopy: Sendable {
    package let location: PackLocation
    package let source: Tier
    package let target: Tier
    /// Who does it, for the name in the staging folder.
    package let worker: String

    /// What these are called in staging folders, before the worker's name.
    package static let stagingPrefix = "move-"

    package init(_ location: PackLocation, from source: Tier, to target: Tier, worker: String) {
        self.location = location
        self.source = source
        self.target = target
        self.worker = worker
    }

    /// - Returns: The bytes that the copy takes.
    /// - Throws: `.damagedPack` when the source is not what it must be; nothing is installed then.
    package func make() throws(ArchiveError) -> Int64 {
        guard let reader = try source.reader(of: location) else {
            throw .damagedPack(path: source.path + "/" + location.path, reason: "the pack is missing")
        }
        let staging = try target.freshStaging(for: stagedName, worker: worker)
        let name = FileName("pack" + target.form.suffix)
        let byteCount = try write(reader, to: staging, as: name)
        try check(staging.path(of: name), of: reader)
        try PackInstaller(tier: target).install(name, from: staging, at: location)
        try target.discardStaging(for: stagedName, worker: worker)
        return byteCount
    }

    /// What a pack's folder in the target's staging folder is called, before the worker's name.
    package static func stagedName(_ digest: SHA256Digest) -> String { stagingPrefix + digest.hex }

    private var stagedName: String { Self.stagedName(location.digest) }

    private func write(
        _ reader: PackReader, to staging: OpenDirectory, as name: FileName
    ) throws(ArchiveError) -> Int64 {
        let stamp = PackStamp(modified: try reader.status().modified)
        let file = try ArchiveError.wrap { () throws(FilesError) in try staging.createFile(name) }
        let byteCount: Int64
        switch target.form {
        case .plain:
            byteCount = try reader.byteCount
            try copy(reader, to: file)
        case .zstd:
            let threads = ProcessInfo.processInfo.activeProcessorCount
            byteCount = try PackCompressor(threads: threads).write(reader.bytes, to: file)
        }
        try ArchiveError.wrap { () throws(FilesError) in
            try file.setModified(stamp.receivedAt, nanoseconds: stamp.nanoseconds)
            try file.synchronize()
            file.dropFromMemory()
        }
        return byteCount
    }

    private func copy(_ reader: PackReader, to file: OpenFile) throws(ArchiveError) {
        var position: Int64 = 0
        var failure: FilesError?
        try reader.forEachChunk(at: 0, count: try reader.byteCount) { piece in
            guard failure == nil else { return }
            do throws(FilesError) {
                try file.write(piece, at: position)
                file.startWriteback(at: position, count: Int64(piece.count))
            } catch { failure = error }
            position += Int64(piece.count)
        }
        if let failure { throw .system(failure) }
    }

    /// Holds what reached the medium to the pack's name. A fault of it is the source's own when that has it too.
    private func check(_ path: String, of reader: PackReader) throws(ArchiveError) {
        let found = try PackVerification.verify(try PackReader(path: path), digest: location.digest)
        if let first = found.findings.first {
            let isOfSource = try source.fault(of: location) != nil
            let reason = (first.member.map { "\($0): " } ?? "") + first.reason
            throw .damagedPack(
                path: isOfSource ? reader.path : path,
                reason: isOfSource ? reason : "what was read back differs from what was written: \(reason)")
        }
        try ArchiveError.wrap { () throws(FilesError) in try OpenFile.read(path).dropFromMemory() }
    }
}
