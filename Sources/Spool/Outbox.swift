// Publishes files in a party's outbound folders: they appear whole or not at all.
//
// Order: temporary name (hidden) → content → fsync → the same for `<name>.sha256` → rename of that → rename of the file →
// fsync of the folder: who sees the file finds its checksum beside it.
// Publishing the same file again replaces it with the same bytes.

internal import Bundles
package import Files

/// Writes outbound files.
package struct Outbox: Sendable {
    package let layout: SpoolLayout

    package init(layout: SpoolLayout) {
        self.layout = layout
    }

    /// Starts a file that will appear in `outbound/<party>/<kind>/<name>`, or in `outbound/<party>/<name>` without a kind.
    package func begin(party: String, kind: String?, name: FileName) throws(SpoolError) -> OutboundFile {
        try OutboundFile(folder: try layout.openOutbound(party: party, kind: kind), name: name)
    }

    /// Starts a folder that will appear in `outbound/<party>/<kind>/<name>`.
    package func beginFolder(party: String, kind: String, name: FileName) throws(SpoolError) -> OutboundFolder {
        try OutboundFolder(parent: try layout.openOutbound(party: party, kind: kind), name: name)
    }

    /// Goes on with a folder that was begun before, or starts it.
    package func resumeFolder(party: String, kind: String, name: FileName) throws(SpoolError) -> OutboundFolder {
        try OutboundFolder(parent: try layout.openOutbound(party: party, kind: kind), name: name, goesOn: true)
    }

    /// Publishes a small file and its `.sha256`.
    package func publish(_ bytes: [UInt8], party: String, kind: String?, name: FileName) throws(SpoolError) {
        let file = try begin(party: party, kind: kind, name: name)
        try file.append(bytes)
        try file.finish()
    }

    /// A small file as it lies there.
    ///
    /// - Returns: nil when it is not there, is longer than `limit`, or has no `.sha256` beside it that is its own.
    package func content(
        party: String, kind: String?, name: FileName, limit: Int
    ) throws(SpoolError) -> [UInt8]? {
        let folder = try layout.openOutbound(party: party, kind: kind)
        let checksumName = name.appending(IgnoredNames.checksumSuffix)
        return try SpoolError.wrap { () throws(FilesError) in
            guard try folder.status(of: name)?.kind == .file, try folder.status(of: checksumName)?.kind == .file
            else { return nil }
            let file = try folder.openFile(name)
            guard try file.status().byteCount <= limit else { return nil }
            let bytes = try file.readAll(limit: limit)
            let checksum = try folder.openFile(checksumName).readAll(limit: Self.checksumLimit)
            return checksum == Self.checksum(of: name, SHA256.digest(of: bytes)) ? bytes : nil
        }
    }

    /// The text of a file's `.sha256`.
    static func checksum(of name: FileName, _ digest: SHA256Digest) -> [UInt8] {
        ChecksumList.text(of: [ChecksumEntry(path: name.bytes, digest: digest.bytes)])
    }

    private static let checksumLimit = 1 << 12

    /// The digest by which something is acknowledged: of a file, or of a folder's `SHA256SUMS`; nil when it is not there.
    package func digest(party: String, kind: String, name: FileName) throws(SpoolError) -> SHA256Digest? {
        let folder = try layout.openOutbound(party: party, kind: kind)
        return try SpoolError.wrap { () throws(FilesError) in try Self.digest(in: folder, name) }
    }

    /// Takes a file and its `.sha256` back.
    package func withdraw(party: String, kind: String, name: FileName) throws(SpoolError) {
        let folder = try layout.openOutbound(party: party, kind: kind)
        try SpoolError.wrap { () throws(FilesError) in
            let file = try folder.removeFile(name)
            let checksum = try folder.removeFile(name.appending(IgnoredNames.checksumSuffix))
            if file || checksum { try folder.synchronize() }
        }
    }

    static func digest(in folder: OpenDirectory, _ name: FileName) throws(FilesError) -> SHA256Digest? {
        switch try folder.status(of: name)?.kind {
        case .file: return try OutboundFolder.digest(of: try folder.openFile(name))
        case .directory:
            let content = try folder.open(name)
            guard try content.status(of: OutboundFolder.checksumsName)?.kind == .file else { return nil }
            return try OutboundFolder.digest(of: try content.openFile(OutboundFolder.checksumsName))
        default: return nil
        }
    }
}

/// An outbound file while it is written.
package final class OutboundFile {
    private let folder: OpenDirectory
    private let name: FileName
    private let temporary: FileName
    private let file: OpenFile
    private let hash = SHA256()
    private var buffer: [UInt8] = []

    private static let bufferByteCount = 256 << 10

    init(folder: OpenDirectory, name: FileName) throws(SpoolError) {
        self.folder = folder
        self.name = name
        let temporary = FileName(".tmp-\(SHA256.digest(of: name.bytes).short)")
        self.temporary = temporary
        file = try SpoolError.wrap { () throws(FilesError) in
            try folder.removeFile(temporary)
            return try folder.createFile(temporary)
        }
    }

    /// Appends content.
    package func append(_ bytes: [UInt8]) throws(SpoolError) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.bufferByteCount { try flush() }
    }

    package func append(_ text: String) throws(SpoolError) {
        buffer.append(contentsOf: text.utf8)
        if buffer.count >= Self.bufferByteCount { try flush() }
    }

    /// Appends content without a copy of it.
    package func append(_ bytes: UnsafeRawBufferPointer) throws(SpoolError) {
        try flush()
        hash.update(bytes)
        try SpoolError.wrap { () throws(FilesError) in try file.write(bytes) }
    }

    /// Makes the file durable and lets it appear, with its `.sha256`.
    ///
    /// - Returns: Its digest, by which it is acknowledged.
    @discardableResult
    package func finish() throws(SpoolError) -> SHA256Digest {
        try flush()
        let digest = hash.finish()
        try SpoolError.wrap { () throws(FilesError) in
            try file.synchronize()
            try publishChecksum(digest)
            try folder.rename(temporary, to: folder, as: name)
            try folder.synchronize()
        }
        return digest
    }

    /// Gives the file up; nothing appears.
    package func abandon() throws(SpoolError) {
        _ = try SpoolError.wrap { () throws(FilesError) in try folder.removeFile(temporary) }
    }

    private func publishChecksum(_ digest: SHA256Digest) throws(FilesError) {
        let checksumName = name.appending(IgnoredNames.checksumSuffix)
        let temporary = temporary.appending(IgnoredNames.checksumSuffix)
        try folder.removeFile(temporary)
        let checksum = try folder.createFile(temporary)
        try checksum.write(Outbox.checksum(of: name, digest))
        try checksum.synchronize()
        try folder.rename(temporary, to: folder, as: checksumName)
    }

    private func flush() throws(SpoolError) {
        guard !buffer.isEmpty else { return }
        let bytes = buffer
        buffer.removeAll(keepingCapacity: true)
        bytes.withUnsafeBytes { hash.update($0) }
        try SpoolError.wrap { () throws(FilesError) in try file.write(bytes) }
    }
}
