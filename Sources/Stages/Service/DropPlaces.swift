// Where a drop is: in its party's folder, claimed, or gone.
//
// Invariant: a drop whose content was claimed is never counted as gone.

internal import Catalog
internal import Configuration
internal import Spool

struct DropPlaces {
    let site: SiteContext

    func locate(_ drop: DropRecord) throws(StageError) -> DropLocation? {
        try StageError.wrap {
            if drop.state == .claimed,
                let claimed = try site.layout.claimedLocation(
                    noted: drop.claimPath, drop: drop.id.description, key: drop.key)
            {
                if let path = claimed.claimPath, path != drop.claimPath {
                    try site.catalog.markClaimed(drop.id, path: path, at: site.clock.timestamp)
                }
                return claimed
            }
            return try site.layout.incomingLocation(drop.key)
        }
    }

    /// Forgets a drop that waited when neither it nor its attestation is there any more.
    func forgetIfVanished(_ drop: DropRecord) throws(StageError) {
        let location = try StageError.wrap { try site.layout.incomingLocation(drop.key) }
        guard location == nil, try !hasAttestation(drop) else { return }
        try forget(drop)
    }

    func hasAttestation(_ drop: DropRecord) throws(StageError) -> Bool {
        let checksum = drop.name.appending(IgnoredNames.checksumSuffix)
        return try StageError.wrap {
            try site.layout.openIncoming(party: drop.party, kind: drop.kind)?.status(of: checksum) != nil
        }
    }

    /// Its sender took it back: what was said of it is withdrawn.
    func forget(_ drop: DropRecord) throws(StageError) {
        let isGone = try StageError.wrap { try site.catalog.markGone(drop.id, from: drop.state) }
        guard isGone, drop.incompleteAt != nil else { return }
        try ReceiptPublisher(catalog: site.catalog, outbox: Outbox(layout: site.layout)).withdrawIncomplete(drop)
    }

    /// A worker that was killed between noting a claim and making it leaves no folder; one without its content is a loss.
    func requireNoClaim(_ drop: DropRecord) throws(StageError) {
        guard drop.state == .claimed else { return }
        try StageError.wrap {
            for place in SpoolLayout.privateFolders
            where try site.layout.openBelow([place, drop.id.description]) != nil {
                throw StageError.unexpected(
                    "it was claimed, and its content is gone from spool/\(place)/\(drop.id): put it back there as 'drop'"
                )
            }
        }
    }

    /// Why a drop is refused without being looked into; nil when it is not.
    func refusal(_ drop: DropRecord, _ location: DropLocation) throws(StageError) -> String? {
        let status = try StageError.wrap { try location.folder.status(of: location.name) }
        if let kind = status?.kind, kind != .file, kind != .directory {
            return "a \(kind.rawValue); drop the file or folder itself"
        }
        guard let party = site.configuration.party(drop.party) else { return "no party of this id" }
        let allowed = party.kind.dropKinds.map(\.rawValue)
        if allowed.contains(drop.kind) { return nil }
        return "\(drop.party) may not drop \(drop.kind); it may drop \(allowed.joined(separator: ", "))"
    }
}
