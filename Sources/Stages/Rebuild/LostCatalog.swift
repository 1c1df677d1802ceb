// Refuses to start where the catalogue was lost: an empty one beside full tiers would take every drop for new.
//
// Reads names only, and those only while there is no catalogue. `rebuild` is the way out.

internal import Archive
internal import Files

enum LostCatalog {
    /// - Throws: `.unexpected` when there is no catalogue and a tier holds packs.
    static func refuse(catalogPath: String, tiers: [Tier]) throws(StageError) {
        let byteCount = Paths.status(catalogPath)?.byteCount ?? 0
        guard byteCount == 0 else { return }
        try StageError.wrap {
            guard let tier = try tiers.first(where: { try $0.holdsPack() }) else { return }
            throw StageError.unexpected(
                "there is no catalogue at \(catalogPath), and the tier '\(tier.name)' at \(tier.path) holds packs:"
                    + " run `filmroom rebuild`, which makes it anew from them")
        }
    }
}
