// Takes one images drop in: reads it, claims it, makes its packs durable, commits what it brought.
//
// Order: read into staging → whole? → claim (noted, then renamed) → still what was read? → packs installed (fsync) →
// one transaction. A kill anywhere leaves either a drop that is taken anew or one that is committed and only waits for
// its receipt. A drop that is not whole is not touched. Packs and outcome depend on the drop and what was stored
// before it, not on the run.

package import Archive
package import Catalog
internal import Files
package import Pipeline
internal import Radiology
package import Spool

/// What came of looking at a drop.
package enum IntakeResult: Sendable {
    case committed(status: String, SourceIdentity)
    /// It was an acknowledgement and it was good: nothing follows.
    case acknowledged
    /// It is not whole yet: what is missing, and why.
    case waiting(missing: [MissingPiece], reason: String, byteCount: Int64)
}

/// The images pipeline's stages from `receive` to `store`.
package struct ImagesIntake: Sendable {
    package let catalog: Catalog
    package let layout: SpoolLayout
    package let tier: Tier
    package let clock: SiteClock
    package let settings: IntakeSettings

    package init(catalog: Catalog, layout: SpoolLayout, tier: Tier, clock: SiteClock, settings: IntakeSettings) {
        self.catalog = catalog
        self.layout = layout
        self.tier = tier
        self.clock = clock
        self.settings = settings
    }

    /// Takes a drop in.
    ///
    /// - Parameters:
    ///   - location: In its party's folder, or where an earlier attempt has left it.
    ///   - unfit: Why the drop can never be what it claims to be, so that it goes to quarantine; nil when it may.
    ///   - onRead: Called with the number of bytes of each piece as it is read.
    package func take(
        _ drop: DropRecord, at location: DropLocation, expectation: DropExpectation, unfit: String? = nil, work: Work,
        owner: String, onRead: @escaping @Sendable (Int) -> Void
    ) throws(StageError) -> IntakeResult {
        let staging = try StageError.wrap { try tier.freshStaging(for: drop.id.description, worker: owner) }
        let result = Result { () throws(StageError) in
            try take(
                drop, at: location, expectation: expectation, unfit: unfit, work: work, owner: owner,
                staging: staging, onRead: onRead)
        }
        try StageError.wrap { try tier.discardStaging(for: drop.id.description, worker: owner) }
        return try result.get()
    }

    private func take(
        _ drop: DropRecord, at location: DropLocation, expectation: DropExpectation, unfit: String?, work: Work,
        owner: String, staging: OpenDirectory, onRead: @escaping @Sendable (Int) -> Void
    ) throws(StageError) -> IntakeResult {
        let assembler = try DropAssembler(
            catalog: catalog, facility: drop.party, defaultIssuer: settings.defaultIssuer, staging: staging)
        var read = try read(drop, location, expectation, into: assembler, staging: staging, onRead: onRead)
        if let unfit {
            read.breakage = unfit
            read.isHostile = true
            read.cut = []
        }
        if unfit == nil, !read.isOverLimit, let waiting = waiting(read, assembler, expectation, drop: drop) {
            return waiting
        }
        let declaresExamsWhole = try StageError.wrap { try ExamDeclaration.isExamWhole(location) }
        let claimed = try claim(drop, location, read: read)
        let judged = JudgedDrop(read: read, assembler: assembler)
        let packs = judged.keepsPacks ? try seal(drop, read: read, assembler: assembler, expectation) : []
        try StageError.wrap {
            let receivedAt = claimed.receivedAt.flatMap { SiteClock.seconds(of: $0) } ?? clock.seconds
            let stamp = PackStamp(receivedAt: receivedAt, dropNumber: drop.id.number)
            try PackInstaller(tier: tier).install(packs.map(\.pack), from: staging, stamp: stamp)
            let outcome = judged.outcome(
                packs: packs, tier: tier.name, isAttested: expectation.isAttested,
                declaresExamsWhole: declaresExamsWhole)
            try catalog.commit(outcome, of: claimed, work: work, owner: owner, at: clock.timestamp)
        }
        return .committed(status: judged.status.rawValue, try identity(of: claimed, read: read))
    }

    /// What is disposed of: what was read; of a drop over a limit all that lies there, so that its rest is no drop.
    private func identity(of drop: DropRecord, read: ReadDrop) throws(StageError) -> SourceIdentity {
        try StageError.wrap {
            guard read.isOverLimit, let path = drop.claimPath, let location = try layout.claimedLocation(path) else {
                return SourceIdentity(files: read.files)
            }
            return try SourceIdentity(of: location)
        }
    }

    /// What would become of a drop, had it been taken now; writes nothing but its staging folder.
    func judge(
        _ drop: DropRecord, at location: DropLocation, staging: OpenDirectory
    ) throws(StageError) -> QuarantineRehearsal.Outcome {
        let assembler = try DropAssembler(
            catalog: catalog, facility: drop.party, defaultIssuer: settings.defaultIssuer, staging: staging)
        let read = try read(
            drop, location, .released(wasAttested: false), into: assembler, staging: staging, onRead: { _ in })
        let judged = JudgedDrop(read: read, assembler: assembler)
        return QuarantineRehearsal.Outcome(status: judged.status.rawValue, reason: judged.reason)
    }

    private func read(
        _ drop: DropRecord, _ location: DropLocation, _ expectation: DropExpectation, into assembler: DropAssembler,
        staging: OpenDirectory, onRead: @escaping @Sendable (Int) -> Void
    ) throws(StageError) -> ReadDrop {
        let filler = BatchFiller(assembler: assembler, threads: settings.threads)
        defer { filler.close() }
        let reading = DropReading(limits: settings.limits, scratch: staging, filler: filler, onRead: onRead)
        return try reading.read(location, name: drop.name, expectation: expectation)
    }

    /// Why a drop is not taken yet; nil when it is whole.
    private func waiting(
        _ read: ReadDrop, _ assembler: DropAssembler, _ expectation: DropExpectation, drop: DropRecord
    ) -> IntakeResult? {
        switch expectation {
        case .file(let digest) where digest != read.digest:
            let reason = "its digest is not the one in \(drop.name.text)\(IgnoredNames.checksumSuffix)"
            return .waiting(
                missing: [MissingPiece(path: drop.name.bytes, reason: reason)], reason: reason,
                byteCount: read.byteCount)
        case .bag(_, _, let unfinished?):
            return .waiting(
                missing: read.missing, reason: "the bag is not whole: \(unfinished)", byteCount: read.byteCount)
        case .folder, .bag:
            guard let first = read.missing.first else { return nil }
            let reason =
                "\(read.missing.count) files are missing, or are not as attested; "
                + "the first is \(FileName.text(of: first.path)): \(first.reason)"
            return .waiting(missing: read.missing, reason: reason, byteCount: read.byteCount)
        case .settled: return UnsettledPieces(read, assembler, drop: drop).waiting
        case .file, .released: return nil
        }
    }

    /// Moves the drop out of its party's reach and makes sure that it is what was read.
    private func claim(_ drop: DropRecord, _ location: DropLocation, read: ReadDrop) throws(StageError) -> DropRecord {
        let claim = Claim(layout: layout)
        let key = drop.key
        var claimed = location
        try StageError.wrap {
            if location.claimPath == nil {
                let path = try claim.path(for: location, key: key, drop: drop.id.description)
                try catalog.markClaimed(drop.id, path: path, at: clock.timestamp)
                claimed = try claim.move(location, to: path, key: key)
            }
            guard try Self.isSame(claimed, as: read.files) else {
                if try claim.putBack(claimed, key: key) { try catalog.markReturned(drop.id) }
                throw SpoolError.changed(path: location.path)
            }
        }
        let record = try StageError.wrap { try catalog.drop(drop.id) }
        guard let record else { throw .unexpected("\(drop.id) is gone from the catalogue") }
        return record
    }

    /// Whether what lies there is what was read.
    static func isSame(
        _ location: DropLocation, as read: [(path: RelativePath, status: FileStatus)]
    ) throws -> Bool {
        guard let status = try location.folder.status(of: location.name) else { return false }
        guard status.kind == .directory else {
            return read.first.map { status.isSameContent(as: $0.status) } ?? false
        }
        let folders = ParentFolders(of: try location.folder.open(location.name))
        for file in read {
            guard let now = try folders.status(of: file.path), now.isSameContent(as: file.status) else { return false }
        }
        return true
    }

    private func seal(
        _ drop: DropRecord, read: ReadDrop, assembler: DropAssembler, _ expectation: DropExpectation
    ) throws(StageError) -> [(series: Int, pack: SealedPack)] {
        try assembler.packs.seal(
            drop: PackManifest.Drop(
                sha256: read.digest.hex, name: drop.name.text, byteCount: read.byteCount,
                attested: expectation.isAttested))
    }
}
