// Keeps drops that a person has to look at: the drop itself, worker-owned, with the reason beside it.
//
// Invariant: what is in quarantine is the drop byte for byte; it leaves by `release`, never by a policy.

internal import Catalog
internal import Files
internal import Spool

struct Quarantine {
    let layout: SpoolLayout
    let catalog: Catalog

    /// Moves a committed drop that is held to quarantine and notes where it is.
    func keep(_ drop: DropRecord, at location: DropLocation) throws(StageError) {
        let path = ClaimPaths.quarantine(drop.id.description)
        guard location.claimPath != path else { return }
        try StageError.wrap {
            let claim = Claim(layout: layout)
            let held = try claim.move(location, to: path, key: drop.key)
            try claim.removeClaimFolder(location)
            try held.folder.removeFile(ClaimPaths.reasonName)
            let file = try held.folder.createFile(ClaimPaths.reasonName, permissions: 0o600)
            try file.write(try HeldDropNote(drop).encoded())
            try file.synchronize()
            try held.folder.synchronize()
            try catalog.markSource(drop.id, path: path)
        }
    }
}
