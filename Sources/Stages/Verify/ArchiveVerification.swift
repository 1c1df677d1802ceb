// Re-reads every stored byte and holds the catalogue against the archive.
//
// Changes nothing but, where that is asked for, what can be made anew from facts. What it finds names the exam, the pack and
// what is wrong. Memory: one pack's manifest and a buffer.

internal import Archive
internal import Catalog
internal import Files
internal import Foundation

/// Something that is not as it must be.
package struct VerificationFinding: Sendable, Equatable {
    /// The exam's key; nil when it is nobody's.
    package let exam: String?
    /// The file, below the tier's folder; nil when it is the database.
    package let path: String?
    package let reason: String
}

/// What a verification saw.
package struct VerificationReport: Sendable {
    package var packCount = 0
    package var reportCount = 0
    package var byteCount: Int64 = 0
    package var findings: [VerificationFinding] = []
}

package struct ArchiveVerification {
    private let site: SiteContext
    private let isRepairing: Bool
    private let onByteCount: (Int64) -> Void

    private static let packsAtOnce = 500
    /// How long packs that no catalogue row names yet may belong to a drop that is just being committed.
    private static let commitLooks = 600
    private static let commitLookSeconds = 0.1

    /// - Parameters:
    ///   - isRepairing: Whether what can be made anew from facts is put right.
    ///   - onByteCount: Called with the size of each pack after it was read.
    package init(site: SiteContext, isRepairing: Bool = false, onByteCount: @escaping (Int64) -> Void) {
        self.site = site
        self.isRepairing = isRepairing
        self.onByteCount = onByteCount
    }

    package func run() throws(StageError) -> VerificationReport {
        try StageError.wrap {
            var report = VerificationReport()
            for text in try site.catalog.integrityFindings() {
                report.findings.append(VerificationFinding(exam: nil, path: nil, reason: "catalogue: \(text)"))
            }
            for text in try site.catalog.accountFindings(isRepairing: isRepairing) {
                report.findings.append(VerificationFinding(exam: nil, path: nil, reason: text))
            }
            var after: Int64 = 0
            while case let packs = try site.catalog.packs(after: after, limit: Self.packsAtOnce), !packs.isEmpty {
                for pack in packs {
                    let before = report.findings
                    try check(pack, &report)
                    // One that was deleted meanwhile is not missed.
                    if report.findings.count > before.count, try !site.catalog.hasPack(pack.digest) {
                        report.findings = before
                    }
                }
                after = packs.last?.pack ?? after
            }
            try checkReports(&report)
            var unknown: [UnknownPack] = []
            for tier in site.tiers where tier.isMounted { try findStrays(tier, &report, &unknown) }
            report.findings += try settled(unknown).map(\.finding)
            return report
        }
    }

    /// A pack that the catalogue did not know when it was found.
    private struct UnknownPack {
        let digest: SHA256Digest
        let finding: VerificationFinding
    }

    /// Those that are still unknown when no worker takes a drop in any more: a pack is in its place just before the commit.
    private func settled(_ unknown: [UnknownPack]) throws -> [UnknownPack] {
        var left = unknown
        for _ in 0..<Self.commitLooks {
            let isBusy = try site.catalog.work(stage: "receive").contains { $0.owner != nil }
            left = try left.filter { try !isKnown(pack: $0.digest) }
            guard isBusy, !left.isEmpty else { break }
            Thread.sleep(forTimeInterval: Self.commitLookSeconds)
        }
        return left
    }

    /// What is wrong with one pack.
    func findings(of pack: PackRecord) throws -> [VerificationFinding] {
        var report = VerificationReport()
        try check(pack, &report)
        return report.findings
    }

    /// Whether the catalogue has a pack, or has it as one that is still to be removed.
    private func isKnown(pack digest: SHA256Digest) throws -> Bool {
        try site.catalog.hasPack(digest) || site.catalog.isPendingRemoval(digest: digest)
    }

    private func check(_ pack: PackRecord, _ report: inout VerificationReport) throws {
        let location = PackLocation(pack)
        let form = site.tier(pack.tier)?.path(of: location).flatMap { PackForm.split($0)?.form }
        let path = "\(pack.tier)/\(location.path(form ?? site.tier(pack.tier)?.form ?? .plain))"
        func find(_ reason: String) {
            report.findings.append(VerificationFinding(exam: pack.examKey, path: path, reason: reason))
        }
        guard let tier = site.tier(pack.tier) else { return find("its tier '\(pack.tier)' is not configured") }
        guard tier.isMounted else { return find("its tier '\(pack.tier)' at \(tier.path) is not mounted") }
        let found: PackReader?
        do throws(ArchiveError) { found = try tier.reader(of: location) } catch {
            guard case .damagedPack(_, let reason) = error else { throw error }
            return find(reason)
        }
        guard let reader = found else {
            // It may have moved since the catalogue was asked.
            if let now = try site.catalog.pack(digest: pack.digest), now.tier != pack.tier {
                return try check(now, &report)
            }
            return find("the pack is missing, with \(pack.memberCount) images")
        }
        let verified = try PackVerification.verify(reader, digest: pack.digest)
        for finding in verified.findings { find((finding.member.map { "\($0): " } ?? "") + finding.reason) }
        if let manifest = verified.manifest, verified.findings.isEmpty { try compare(manifest, pack, find) }
        report.packCount += 1
        report.byteCount += pack.byteCount
        onByteCount(pack.byteCount)
    }

    /// Holds the catalogue's members against the pack's.
    private func compare(_ manifest: PackManifest, _ pack: PackRecord, _ find: (String) -> Void) throws {
        let stored = try site.catalog.members(ofPack: pack.pack)
        let written = manifest.members.compactMap { member in
            SHA256Digest(hex: member.sha256).map {
                PackMemberRecord(
                    sopInstanceUID: member.sopInstanceUID, offset: member.offset, byteCount: member.byteCount,
                    sha256: $0)
            }
        }
        guard stored != written else { return }
        find("the catalogue has \(stored.count) images of it, the pack \(written.count), or they differ; see `rebuild`")
    }

    private func checkReports(_ report: inout VerificationReport) throws {
        let store = ReportStore(site: site)
        var after: Int64 = 0
        while case let reports = try site.catalog.storedReports(after: after, limit: Self.packsAtOnce), !reports.isEmpty
        {
            for stored in reports {
                let path =
                    "\(stored.facts.tier)/\(Tier.reportPath(party: stored.facts.party, digest: stored.digest))"
                do throws(StageError) {
                    let pack = try store.open(stored)
                    if pack.digest != stored.digest {
                        throw .unexpected("its report.json is not the one that it is named by")
                    }
                } catch {
                    let isThere = try site.catalog.reports(digest: stored.digest).contains { $0.id == stored.id }
                    if isThere {
                        report.findings.append(
                            VerificationFinding(exam: stored.examKey, path: path, reason: error.description))
                    }
                }
                report.reportCount += 1
                report.byteCount += stored.facts.byteCount
                onByteCount(stored.facts.byteCount)
            }
            after = reports.last?.id ?? after
        }
    }

    /// A report that a drop just being committed has put in its place counts as known.
    private func isKnown(report digest: SHA256Digest, of party: String) throws -> Bool {
        for _ in 0..<Self.commitLooks {
            if try site.catalog.reports(digest: digest).contains(where: { $0.facts.party == party }) { return true }
            if try site.catalog.isPendingRemoval(digest: digest) { return true }
            guard try site.catalog.work(stage: "receive").contains(where: { $0.owner != nil }) else { return false }
            Thread.sleep(forTimeInterval: Self.commitLookSeconds)
        }
        return false
    }

    private func findStrays(
        _ tier: Tier, _ report: inout VerificationReport, _ unknown: inout [UnknownPack]
    ) throws {
        var findings: [VerificationFinding] = []
        var packs: [UnknownPack] = []
        try tier.forEachEntry { entry in
            switch entry {
            case .stray(let path):
                findings.append(
                    VerificationFinding(
                        exam: nil, path: "\(tier.name)/\(path)", reason: "this file does not belong into the archive"))
            case .report(let path, let party, let digest):
                guard let digest = SHA256Digest(hex: digest), try !isKnown(report: digest, of: party) else { return }
                findings.append(
                    VerificationFinding(
                        exam: nil, path: "\(tier.name)/\(path)",
                        reason:
                            "the catalogue does not know this report: no delivery has it; `rebuild` finds it only in the catalogue of its time"
                    ))
            case .pack(let path, _, let digest):
                guard let digest = SHA256Digest(hex: digest) else { return }
                if let pack = try site.catalog.pack(digest: digest) {
                    if let finding = try secondCopy(path, in: tier, of: pack) { findings.append(finding) }
                    return
                }
                let finding = VerificationFinding(
                    exam: try exam(of: tier.path + "/" + path), path: "\(tier.name)/\(path)",
                    reason: "the catalogue does not know this pack; `rebuild` takes it up")
                packs.append(UnknownPack(digest: digest, finding: finding))
            }
        }
        unknown += packs
        report.findings += findings
    }

    /// Whether a pack that the catalogue knows lies in two tiers, or in two forms, with nobody about to end that.
    private func secondCopy(_ path: String, in tier: Tier, of pack: PackRecord) throws -> VerificationFinding? {
        guard try !site.catalog.isMoving(pack: pack.pack) else { return nil }
        let now = try site.catalog.pack(digest: pack.digest)
        let isPlace = now?.tier == tier.name && tier.path(of: PackLocation(pack)) == tier.path + "/" + path
        guard !isPlace, Paths.exists(tier.path + "/" + path) else { return nil }
        return VerificationFinding(
            exam: pack.examKey, path: "\(tier.name)/\(path)",
            reason: "a second copy of a pack that the catalogue has in '\(now?.tier ?? pack.tier)'")
    }

    /// The exam that an unknown pack says it is of.
    private func exam(of path: String) throws -> String? {
        do throws(ArchiveError) { return try PackReader(path: path).manifest().manifest.exam } catch {
            guard case .damagedPack = error else { throw error }
            return nil
        }
    }
}
