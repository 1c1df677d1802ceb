// Where the catalogue and the packs lie, and when packs move from one tier to the next.
//
// Owns `storage.yaml`. Invariant: the low water mark is below the high one, no tier lies in another, and the
// catalogue in none of them. Never touches a disk.

/// The storage of a site.
package struct StorageConfiguration: Sendable, Equatable {
    /// The database: absolute, or relative to the site's root.
    package let catalog: String
    /// In the order of the file; one of them is `fast`.
    package let tiers: [StorageTier]
    /// How long after its last use an exam leaves the fast tier.
    package let demoteAfterMilliseconds: Int64
    /// Whether a request is answered straight from a slow tier, rather than after a recall.
    package let serveFromSlow: Bool
    /// How long a recall is said to take.
    package let expectedRecallMilliseconds: Int64
    /// Above this use of the fast tier's disk, the least recently used is demoted, until `lowWater`.
    package let highWater: Percentage
    package let lowWater: Percentage
    /// Below this much free space, intake pauses.
    package let minimumFree: DiskShare
    /// How long exams are kept at least; nil means for ever.
    package let retentionMilliseconds: Int64?
    /// How long an outbound file waits for its acknowledgement.
    package let retainUnacknowledgedMilliseconds: Int64

    /// What holds without a `storage.yaml`.
    package static let usual = StorageConfiguration(
        catalog: usualCatalog, tiers: StorageTier.usual, demoteAfterMilliseconds: 30 * day, serveFromSlow: true,
        expectedRecallMilliseconds: 600_000, highWater: Percentage(percent: 90), lowWater: Percentage(percent: 80),
        minimumFree: .percentage(Percentage(percent: 5)), retentionMilliseconds: nil,
        retainUnacknowledgedMilliseconds: 90 * day)

    private static let usualCatalog = "archive/catalog.sqlite"
    private static let day: Int64 = 86_400_000

    static func decode(_ reader: KeyedReader) -> StorageConfiguration {
        let usual = StorageConfiguration.usual
        let storage = StorageConfiguration(
            catalog: reader.value("catalog", Decode.path, default: usual.catalog),
            tiers: StorageTiers.decode(reader),
            demoteAfterMilliseconds: reader.value(
                "demoteAfter", Decode.duration, default: usual.demoteAfterMilliseconds),
            serveFromSlow: reader.value("serveFromSlow", Decode.flag, default: usual.serveFromSlow),
            expectedRecallMilliseconds: reader.value(
                "expectedRecall", Decode.duration, default: usual.expectedRecallMilliseconds),
            highWater: reader.value("highWater", Decode.percentage, default: usual.highWater),
            lowWater: reader.value("lowWater", Decode.percentage, default: usual.lowWater),
            minimumFree: reader.value("minimumFree", Decode.diskShare, default: usual.minimumFree),
            retentionMilliseconds: reader.optional("retention", Decode.positiveDuration),
            retainUnacknowledgedMilliseconds: reader.value(
                "retainUnacknowledged", Decode.positiveDuration, default: usual.retainUnacknowledgedMilliseconds))
        storage.reportDisorder(reader)
        return storage
    }

    /// The tier of that name.
    package func tier(_ name: String) -> StorageTier? { tiers.first { $0.name == name } }

    private func reportDisorder(_ reader: KeyedReader) {
        if lowWater >= highWater {
            (reader.given("lowWater") ?? reader.given("highWater"))?.fail(
                "lowWater \(lowWater) must be below highWater \(highWater)")
        }
        if let tier = tiers.first(where: { !$0.path.isEmpty && PathOrder.isInside(catalog, $0.path) }) {
            (reader.given("catalog") ?? reader.given("tiers"))?.fail(
                "the catalogue lies inside the tier \(tier.name) (\(tier.path)); put it beside the tiers")
        }
    }
}
