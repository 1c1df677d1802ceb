import Configuration
import Testing

/// `storage.yaml`.
struct StorageTests {
    @Test(arguments: [
        Mistake(
            "storage.yaml", "catalog: archive/catalog.sqlite", to: "catalog: ../catalog.sqlite",
            "3: catalog: here stands \"../catalog.sqlite\"; a path is wanted, absolute or from the site's folder, without . and .."
        ),
        Mistake(
            "storage.yaml", "catalog: archive/catalog.sqlite", to: "catalog: archive/fast/catalog.sqlite",
            "3: catalog: the catalogue lies inside the tier fast (archive/fast); put it beside the tiers"),
        Mistake(
            "storage.yaml", "path: archive/slow", to: "path: archive/fast/slow",
            "6: tiers.slow: the path archive/fast/slow and that of fast, archive/fast, lie in each other; give each tier its own folder"
        ),
        Mistake(
            "storage.yaml", "compress: zstd", to: "compress: gzip",
            "6: tiers.slow.compress: here stands \"gzip\"; one is wanted of: none zstd"),
        Mistake(
            "storage.yaml", "fast: {path: archive/fast}", to: "fast: {}",
            "5: tiers.fast.path: this key is missing; add `path: ...`"),
        Mistake(
            "storage.yaml", "fast: {path: archive/fast}", to: "fast: {path: archive/fast, marker: a/b}",
            "5: tiers.fast.marker: here stands \"a/b\"; the name of a file is wanted, without a folder"),
        Mistake(
            "storage.yaml", "demoteAfter: 30d", to: "demoteAfter: 30",
            "9: demoteAfter: here stands \"30\"; a duration is wanted: a number with ms, s, m, h or d, such as 30s, 30m, 30h or 30d"
        ),
        Mistake(
            "storage.yaml", "serveFromSlow: true", to: "serveFromSlow: sometimes",
            "10: serveFromSlow: here stands \"sometimes\"; true or false (without quotes) is wanted"),
        Mistake(
            "storage.yaml", "highWater: 90%", to: "highWater: 90",
            "12: highWater: here stands \"90\"; a percentage from 0% to 100% is wanted, such as 90%"),
        Mistake(
            "storage.yaml", "highWater: 90%", to: "highWater: 101%",
            "12: highWater: here stands \"101%\"; a percentage from 0% to 100% is wanted, such as 90%"),
        Mistake(
            "storage.yaml", "lowWater: 80%", to: "lowWater: 90%",
            "13: lowWater: lowWater 90% must be below highWater 90%"),
        Mistake(
            "storage.yaml", "minimumFree: 5%", to: "minimumFree: 5XB",
            "14: minimumFree: here stands \"5XB\"; a percentage or an amount of data is wanted, such as 5% or 100GB"),
        Mistake(
            "storage.yaml", "fast: {path: archive/fast}", to: "fast: {path: archive/fast, compress: zstd}",
            "5: tiers.fast: the fast tier is read in place, and cannot be compressed; leave `compress` to the others"),
        Mistake(
            "storage.yaml", "retention: null", to: "retention: forever",
            "15: retention: here stands \"forever\"; a duration is wanted: a number with ms, s, m, h or d, such as 10s or 36h"
        ),
        Mistake(
            "storage.yaml", "retainUnacknowledged: 90d", to: "retainUnacknowleged: 90d",
            "16: unknown key \"retainUnacknowleged\"; did you mean \"retainUnacknowledged\"?"),
    ])
    func mistakesAreSaidWithTheirLine(_ mistake: Mistake) throws {
        try mistake.checkAlone()
    }

    @Test func aPathThatIsRefusedIsNotHeldAgainstOthers() throws {
        var site = try ExampleSite.changing(
            "storage.yaml", "catalog: archive/catalog.sqlite", to: "catalog: /srv/catalog.sqlite")
        site.texts["storage.yaml"] = site.texts["storage.yaml"]?.replacing("path: archive/slow", with: "path: ../x")
        #expect(site.problems().count == 1)
        #expect(site.problems().first?.contains("tiers.slow.path: here stands \"../x\"") == true)
    }

    @Test func aSiteNeedsAFastTier() throws {
        let message =
            "5: tiers: there is no tier `fast`, to which everything is written first; add fast: {path: archive/fast}"
        try Mistake("storage.yaml", "fast: {path: archive/fast}", to: "quick: {path: archive/fast}", message)
            .checkAmongOthers()
    }

    @Test func tiersStandInTheOrderOfTheFile() throws {
        let site = try ExampleSite.changing(
            "storage.yaml", "  slow: {", to: "  cold: {path: /mnt/vault/, compress: zstd, marker: .vault}\n  slow: {"
        ).parsed()
        #expect(site.storage.tiers.map(\.name) == ["fast", "cold", "slow"])
        #expect(site.storage.tier("cold")?.path == "/mnt/vault")
        #expect(site.storage.tier("cold")?.marker == ".vault")
    }

    @Test func freeSpaceMayBeGivenInBytes() throws {
        let site = try ExampleSite.changing("storage.yaml", "minimumFree: 5%", to: "minimumFree: 200GB").parsed()
        #expect(site.storage.minimumFree == .bytes(200_000_000_000))
    }
}
