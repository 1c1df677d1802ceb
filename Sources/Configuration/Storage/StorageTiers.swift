// The `tiers` block of `storage.yaml`.
//
// Invariant: there is a tier `fast`, and no two tiers share a folder.

/// The decoder of all tiers.
enum StorageTiers {
    /// Tiers of a site, at most.
    static let most = 16

    static func decode(_ reader: KeyedReader) -> [StorageTier] {
        guard let block = reader.given("tiers") else { return StorageTier.usual }
        guard let entries = block.entries else {
            block.fail("here stands \(block.shown); a block is wanted, such as {fast: {path: archive/fast}}")
            return StorageTier.usual
        }
        let tiers = entries.map { key, value in (value, StorageTier.decode(value, name: Decode.identifier(key) ?? "")) }
        if !tiers.contains(where: { $0.1.name == StorageTier.fastName }) {
            block.fail("there is no tier `fast`, to which everything is written first; add fast: {path: archive/fast}")
        }
        if tiers.count > most { block.fail("more than \(most) tiers are declared; keep the first of them") }
        if reader.isSound { reportNested(tiers) }
        for (field, tier) in tiers where tier.name == StorageTier.fastName && tier.compress != .none {
            field.fail("the fast tier is read in place, and cannot be compressed; leave `compress` to the others")
        }
        return tiers.map(\.1)
    }

    private static func reportNested(_ tiers: [(field: Field, tier: StorageTier)]) {
        for (offset, later) in tiers.enumerated() where !later.tier.path.isEmpty {
            for earlier in tiers[..<offset] where !earlier.tier.path.isEmpty {
                let shares =
                    PathOrder.isInside(later.tier.path, earlier.tier.path)
                    || PathOrder.isInside(earlier.tier.path, later.tier.path)
                guard shares else { continue }
                later.field.fail(
                    "the path \(later.tier.path) and that of \(earlier.tier.name), \(earlier.tier.path),"
                        + " lie in each other;"
                        + " give each tier its own folder")
            }
        }
    }
}

/// Which path lies in which.
enum PathOrder {
    /// Whether the inner path is the outer one or lies under it; both have no trailing slash.
    static func isInside(_ inner: String, _ outer: String) -> Bool {
        inner == outer || inner.hasPrefix(outer == "/" ? outer : outer + "/")
    }
}
