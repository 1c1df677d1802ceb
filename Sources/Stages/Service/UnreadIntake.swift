// Answers a drop without looking into it: what is not allowed where it was dropped or is nothing that can be read is
// refused; what has failed for too long is handed to a person.
//
// Hashed, claimed, a receipt. The bytes of a refused drop are removed with the receipt, which carries their digest.

internal import Bundles
internal import Catalog
internal import Files
internal import Pipeline
internal import Spool

struct UnreadIntake {
    let site: SiteContext
    let owner: String

    /// The answer to a drop that is not looked into.
    enum Answer: Sendable {
        case refused(reason: String)
        /// Kept for a person.
        case quarantined(reason: String)
    }

    /// - Returns: What was read, for the removal of the source.
    func answer(
        _ drop: DropRecord, at location: DropLocation, _ answer: Answer, isAttested: Bool, work: Work
    ) throws(StageError) -> SourceIdentity {
        try StageError.wrap {
            let identity = try SourceIdentity(of: location)
            let (digest, byteCount) = try digest(location, identity: identity)
            let claim = Claim(layout: site.layout)
            if location.claimPath == nil {
                let key = drop.key
                let path = try claim.path(for: location, key: key, drop: drop.id.description)
                try site.catalog.markClaimed(drop.id, path: path, at: site.clock.timestamp)
                _ = try claim.move(location, to: path, key: key)
            }
            let outcome = Self.outcome(answer, digest: digest, byteCount: byteCount, isAttested: isAttested)
            try site.catalog.commit(outcome, of: drop, work: work, owner: owner, at: site.clock.timestamp)
            return identity
        }
    }

    private static func outcome(
        _ answer: Answer, digest: SHA256Digest, byteCount: Int64, isAttested: Bool
    ) -> DropOutcome {
        switch answer {
        case .refused(let reason):
            DropOutcome(
                sha256: digest, byteCount: byteCount, attested: isAttested, status: "refused", reason: reason,
                isHeld: false)
        case .quarantined(let reason):
            DropOutcome(
                sha256: digest, byteCount: byteCount, attested: isAttested, status: "quarantined", reason: reason,
                isHeld: true)
        }
    }

    private func digest(
        _ location: DropLocation, identity: SourceIdentity
    ) throws -> (digest: SHA256Digest, byteCount: Int64) {
        guard let status = try location.folder.status(of: location.name), status.kind == .directory else {
            return try fileDigest(in: location.folder, location.name)
        }
        let folders = ParentFolders(of: try location.folder.open(location.name))
        var entries: [ChecksumEntry] = []
        var byteCount: Int64 = 0
        for file in identity.files where file.status.kind == .file {
            guard let name = file.path.name else { continue }
            let part = try fileDigest(in: try folders.folder(of: file.path), name)
            entries.append(ChecksumEntry(path: file.path.bytes, digest: part.digest.bytes))
            byteCount += part.byteCount
        }
        guard let digest = SHA256Digest(ChecksumList.digest(of: entries)) else {
            throw StageError.unexpected("a SHA-256 digest has 32 bytes")
        }
        return (digest, byteCount)
    }

    /// Of what is no regular file there is nothing to hash.
    private func fileDigest(in folder: OpenDirectory, _ name: FileName) throws -> (
        digest: SHA256Digest, byteCount: Int64
    ) {
        guard try folder.status(of: name)?.kind == .file else { return (SHA256.digest(of: ""), 0) }
        let source = HashedChunkSource(try folder.openFile(name), onRead: { _ in })
        return (try source.finish(), source.byteCount)
    }
}
