// A place where packs lie: fast or slow, plain or compressed.
//
// Owns one entry of `tiers` in `storage.yaml`. Invariant: a path is absolute, or stays under the site's root.

/// A storage tier.
package struct StorageTier: Sendable, Equatable {
    /// The tier that everything is written to first.
    package static let fastName = "fast"

    package let name: String
    /// Absolute, or relative to the site's root.
    package let path: String
    package let compress: TierCompression
    /// The name of a file that must be there, so that an empty mount point is not taken for the tier; nil checks
    /// nothing.
    package let marker: String?

    package init(name: String, path: String, compress: TierCompression, marker: String?) {
        self.name = name
        self.path = path
        self.compress = compress
        self.marker = marker
    }

    /// The tiers of a site that has none in its configuration.
    package static let usual = [
        StorageTier(name: fastName, path: "archive/fast", compress: .none, marker: nil),
        StorageTier(name: "slow", path: "archive/slow", compress: .zstd, marker: nil),
    ]

    static func decode(_ field: Field, name: String) -> StorageTier {
        KeyedReader.block(field) { reader in
            StorageTier(
                name: name,
                path: reader.required("path", Decode.path, else: ""),
                compress: reader.value("compress", Decode.word(TierCompression.self), default: .none),
                marker: reader.optional("marker", Decode.fileName))
        }
    }
}

/// How a tier keeps its packs.
package enum TierCompression: String, CaseIterable, Sendable {
    case none, zstd
}
