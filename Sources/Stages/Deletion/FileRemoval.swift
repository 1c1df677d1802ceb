// Removes the files of deleted exams from the archive, from every tier that is mounted.
//
// Done right after an order, and again at the start of each round for what a kill, or a tier that was not mounted, has left.
// Removing what is gone already changes nothing. The catalogue says what goes; nothing else is ever touched.

internal import Archive
internal import Catalog
internal import Files
internal import Pipeline

struct FileRemoval: Sendable {
    let tiers: [Tier]

    /// Files that go in one transaction: others wait as long.
    private static let batch = 50

    /// - Returns: What could not be removed, and why.
    func run(_ catalog: Catalog, at: String) throws(StageError) -> [String] {
        let mounted = tiers.filter(\.isMounted).map(\.name)
        guard !mounted.isEmpty else { return [] }
        while true {
            let files = try StageError.wrap { try catalog.pendingRemovals(in: mounted, limit: Self.batch) }
            guard !files.isEmpty else { return [] }
            var faults: [String] = []
            _ = try StageError.wrap {
                try catalog.endRemovals(of: files, at: at) { file in
                    guard let fault = fault(removing: file) else { return true }
                    faults.append(fault)
                    return false
                }
            }
            guard faults.isEmpty else { return faults }
        }
    }

    /// The same for a worker, which says what it could not do and goes on.
    func run(_ site: SiteContext) throws(StageError) {
        for fault in try run(site.catalog, at: site.clock.timestamp) { site.logger.error("\(fault)") }
    }

    /// Removes one file wherever it lies.
    ///
    /// - Returns: Why it could not be removed; nil when it is gone.
    func fault(removing file: DeletedFile) -> String? {
        do throws(ArchiveError) {
            for tier in tiers where tier.isMounted || tier.name == file.tier {
                switch file.kind {
                case .pack: try tier.remove(location(of: file))
                case .report: try tier.removeReport(party: file.party, digest: file.digest)
                }
            }
            return nil
        } catch {
            return "the file \(file.digest.short) of a deleted exam stays for now: \(error.description)"
        }
    }

    private func location(of file: DeletedFile) -> PackLocation {
        PackLocation(
            facility: file.party, studyInstanceUID: file.studyInstanceUID, seriesInstanceUID: file.seriesInstanceUID,
            digest: file.digest)
    }
}
