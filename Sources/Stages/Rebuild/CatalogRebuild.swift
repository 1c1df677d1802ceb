// Makes the catalogue anew from the packs, and the tars of reports, alone.
//
// Order: all packs, by the time of receipt and the drop's number that their modification time holds. The images are
// scanned again, so that attributes are those of the files. What packs cannot tell (refused files, drops that brought
// nothing new) comes from the receipts that still lie with the parties, as far as these go, and what reading made from the
// old database, where that can be read. It stays beside the new one.

package import Archive
package import Catalog
internal import Configuration
internal import DICOM
internal import Files
package import Logging
package import Pipeline
package import Spool

package struct CatalogRebuild {
    private let tiers: [Tier]
    private let layout: SpoolLayout
    private let clock: SiteClock
    private let catalog: Catalog
    private let oldPath: String
    private let logger: Logger

    /// - Parameters:
    ///   - catalog: A new, empty one.
    ///   - oldPath: Of the one that it replaces, which need not be there.
    package init(
        catalog: Catalog, replacing oldPath: String, tiers: [Tier], layout: SpoolLayout, clock: SiteClock,
        logger: Logger
    ) {
        self.catalog = catalog
        self.oldPath = oldPath
        self.logger = logger
        self.layout = layout
        self.tiers = tiers
        self.clock = clock
    }

    /// A pack that was found, in the order in which it is taken up.
    private struct Found {
        let tier: Tier
        let path: String
        let digest: SHA256Digest
        let stamp: PackStamp
        let byteCount: Int64
        let manifest: PackManifest
    }

    /// - Returns: What could not be taken up: path and reason.
    ///
    /// - Parameter onPack: Called after each pack, with its bytes.
    package func run(onPack: (Int64) -> Void) throws(StageError) -> [VerificationFinding] {
        try StageError.wrap {
            var findings = try removeDeleted()
            var groups: [[Found]] = []
            let (packs, copies) = Self.once(try findAll(&findings), preferring: StorageTier.fastName)
            for found in packs {
                let isSameDrop =
                    groups.last?.first.map {
                        $0.manifest.facility == found.manifest.facility && $0.manifest.drop == found.manifest.drop
                            && $0.stamp == found.stamp
                    } ?? false
                if isSameDrop { groups[groups.count - 1].append(found) } else { groups.append([found]) }
            }
            for tier in tiers where tier.isMounted {
                try catalog.noteTier(tier.name, path: tier.path, at: clock.timestamp)
            }
            // Copies by way of some archivers lose the part of a second that holds the number: those get new ones.
            var nextNumber = (groups.compactMap { $0.first?.stamp.dropNumber }.max() ?? 0) + 1
            var taken: Set<Int64> = [0]
            for group in groups {
                var number = group.first?.stamp.dropNumber ?? 0
                if !taken.insert(number).inserted {
                    number = nextNumber
                    nextNumber += 1
                }
                try restore(group, as: DropID(number))
                for pack in group { onPack(pack.byteCount) }
            }
            for copy in copies { try catalog.noteSecondCopy(digest: copy.digest, in: copy.tier.name) }
            findings += try carryReading()
            findings += try ReportRestoring(catalog: catalog, tiers: tiers, clock: clock).run()
            findings += try QuarantineRestoring(catalog: catalog, layout: layout, at: clock.timestamp).run()
            findings += try ReceiptRestoring(catalog: catalog, layout: layout).run()
            findings += try OrphanedClaims(catalog: catalog, layout: layout).putBack().findings
            return try findings + lostReads()
        }
    }

    /// Files of exams that the old catalogue has as deleted are not taken up again: what a kill has left of them goes first.
    private func removeDeleted() throws -> [VerificationFinding] {
        guard Paths.exists(oldPath) else { return [] }
        let files: [DeletedFile]
        do throws(CatalogError) { files = try OldCatalog(path: oldPath).pendingRemovals() } catch {
            // Said where the rest of it is read.
            return []
        }
        let removal = FileRemoval(tiers: tiers)
        return files.compactMap { file in
            removal.fault(removing: file).map { VerificationFinding(exam: nil, path: file.tier, reason: $0) }
        }
    }

    /// A pack that lies in two tiers, because a move was interrupted, is one: the copy of the fast tier counts, and `tier` puts
    /// the other one in order.
    private static func once(_ all: [Found], preferring tier: String) -> (packs: [Found], copies: [Found]) {
        var kept: [SHA256Digest: Int] = [:]
        var packs: [Found] = []
        var copies: [Found] = []
        for found in all {
            guard let index = kept[found.digest] else {
                kept[found.digest] = packs.count
                packs.append(found)
                continue
            }
            if found.tier.name == tier, packs[index].tier.name != tier {
                copies.append(packs[index])
                packs[index] = found
            } else if found.tier.name != packs[index].tier.name {
                copies.append(found)
            }
        }
        return (packs, copies)
    }

    /// What reading made is in no pack: it comes from the old database, or is lost.
    private func carryReading() throws -> [VerificationFinding] {
        guard Paths.exists(oldPath) else {
            logger.warning(
                "there is no old catalogue at \(oldPath): deliveries that were metered and invoices that were issued are lost; storage is metered anew from the packs, and numbers begin anew"
            )
            return []
        }
        let gaps: [CarryOverGap]
        do throws(CatalogError) {
            let old = try OldCatalog(path: oldPath)
            gaps = try catalog.carryReading(from: old) + catalog.carryAccounts(from: old, at: clock.timestamp)
        } catch {
            logger.warning(
                "assignments, reads, results, metered use and invoices are not carried over: \(oldPath) cannot be read: \(error)"
            )
            return []
        }
        return gaps.map { VerificationFinding(exam: $0.exam, path: nil, reason: $0.reason) }
    }

    /// Drops of diagnoses that only a receipt tells of.
    private func lostReads() throws -> [VerificationFinding] {
        try catalog.dropsWithoutReads().compactMap { try catalog.drop($0) }.map { drop in
            VerificationFinding(
                exam: nil, path: nil,
                reason:
                    "\(drop.id), \(drop.party)/\(drop.kind)/\(drop.name.text): its reads are in no pack and in no old"
                    + " catalogue; \(drop.party) may drop them again")
        }
    }

    private func findAll(_ findings: inout [VerificationFinding]) throws -> [Found] {
        var all: [Found] = []
        var bad: [VerificationFinding] = []
        for tier in tiers {
            try tier.requireMounted()
            try tier.forEachEntry { entry in
                guard case .pack(let path, _, let name) = entry, let digest = SHA256Digest(hex: name) else { return }
                do throws(ArchiveError) {
                    let reader = try PackReader(path: tier.path + "/" + path)
                    let (bytes, manifest) = try reader.manifest()
                    guard SHA256.digest(of: bytes) == digest else {
                        throw .damagedPack(path: path, reason: "its pack.json is not the one that it is named by")
                    }
                    let status = try reader.status()
                    all.append(
                        Found(
                            tier: tier, path: path, digest: digest,
                            stamp: PackStamp(modified: status.modified),
                            byteCount: try reader.byteCount, manifest: manifest))
                } catch {
                    bad.append(
                        VerificationFinding(exam: nil, path: "\(tier.name)/\(path)", reason: error.description))
                }
            }
        }
        findings += bad
        return all.sorted {
            ($0.stamp, $0.manifest.facility, $0.manifest.drop.sha256, $0.manifest.number)
                < ($1.stamp, $1.manifest.facility, $1.manifest.drop.sha256, $1.manifest.number)
        }
    }

    private func restore(_ packs: [Found], as id: DropID) throws {
        guard let first = packs.first, let sha256 = SHA256Digest(hex: first.manifest.drop.sha256) else { return }
        let at = clock.text(first.stamp.receivedAt)
        let drop = try catalog.restoreDrop(
            id, party: first.manifest.facility,
            name: FileName(bytes: Array(first.manifest.drop.name.utf8)) ?? FileName("drop"),
            sha256: sha256, byteCount: first.manifest.drop.byteCount, attested: first.manifest.drop.attested, at: at)
        var builder = OutcomeBuilder(catalog: catalog, party: first.manifest.facility)
        for found in packs { try builder.add(found.manifest, tier: found.tier, path: found.path, digest: found.digest) }
        try catalog.restore(builder.outcome(of: first.manifest.drop, sha256: sha256), of: drop, at: at)
    }
}
