import Configuration
import Foundation
import Testing

/// The files that a new site gets.
struct DefaultConfigurationTests {
    @Test func validate() throws {
        #expect(throws: Never.self) { try SiteConfiguration.parse(ExampleSite.defaults) }
    }

    /// The examples in their comments are right too: a person takes the comment marks away and has a valid file.
    @Test func validateWithTheirExamples() throws {
        #expect(ExampleSite().problems() == [])
        #expect(try ExampleSite().parsed().protocols.map(\.id) == ["screening"])
    }

    /// Whoever replaces `parties.yaml` alone has a site that is valid: no other file names a party.
    @Test func nameNoParty() throws {
        var texts = ExampleSite.defaults
        texts["parties.yaml"] = """
            site: {id: own, timeZone: UTC, currency: JPY}
            facilities: [{id: mine}]
            """
        let site = try SiteConfiguration.parse(texts)
        #expect(site.parties.map(\.id) == ["mine"])
        #expect(site.protocols.isEmpty && site.priceLists.isEmpty && site.rentals.isEmpty && site.sharing.isEmpty)
    }

    @Test func areTheFilesOfTheRepository() throws {
        let folder = URL(fileURLWithPath: #filePath)
            .resolvingSymlinksInPath().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
            .appendingPathComponent("pipelines")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        // The demo lies there too; it is run from the repository.
        #expect(Set(names).subtracting(["demo"]) == Set(DefaultConfiguration.files.map(\.name)))
        for file in DefaultConfiguration.files {
            let text = try String(contentsOf: folder.appendingPathComponent(file.name), encoding: .utf8)
            #expect(text == file.text, "\(file.name)")
        }
    }

    @Test func holdTheContractsParties() throws {
        let site = try ExampleSite().parsed()
        #expect(site.site.id == "northbank")
        #expect(site.site.timeZone == "Europe/London")
        #expect(site.site.currency == "EUR")
        #expect(site.site.vatID == nil)
        #expect(!site.site.certifiedDisplay)
        #expect(site.facilities.map(\.id) == ["northside", "southside"])
        #expect(site.facilities[0].issuerOfPatientID == "NORTHSIDE")
        #expect(site.facilities[0].timeZone == "Asia/Tokyo")
        #expect(site.readers.map(\.id) == ["sato", "ito", "weber"])
        #expect(site.readers[0].personName == "SATO^JIRO")
        #expect(site.readers.allSatisfy { $0.weight == ExactDecimal(1) })
        #expect(
            site.parties.map(\.id) == ["northside", "southside", "sato", "ito", "weber", "office", "northside-ehr"])
        #expect(site.party("northside-ehr")?.kind == .chartSystem)
        #expect(site.party("northside-ehr")?.facility == "northside")
        #expect(site.party("nobody") == nil)
    }

    @Test func holdTheContractsProtocol() throws {
        let screening = try #require(try ExampleSite().parsed().protocols.first)
        #expect(screening.match.modalities == .only(["MG"]))
        #expect(screening.match.facilities == .all)
        #expect(screening.labels == ["normal", "benign", "recall"])
        #expect(screening.number == nil)
        #expect(screening.examCompleteMilliseconds == 600_000)
        #expect(screening.quorum == 2)
        #expect(screening.minimumReads == 2)
        #expect(screening.deadlineMilliseconds == nil)
        #expect(screening.rule.kind == .weighted)
        #expect(screening.rule.positive == "recall")
        #expect(screening.rule.arbiter == "weber")
        #expect(screening.rule.threshold.text == "0.5")
    }

    @Test func holdTheContractsTariff() throws {
        let site = try ExampleSite().parsed()
        let list = try #require(site.priceLists.first)
        #expect(list.storage["fast"]?.map(\.price.text) == ["0.20"])
        #expect(list.storage["slow"]?.map(\.price.unscaled) == [2])
        #expect(list.dataFees.map(\.fee.text) == ["4.50", "1.00", "2.00"])
        #expect(list.dataFees.map(\.specificity) == [2, 1, 0])
        #expect(list.rents["client"]?.price.text == "80.00")
        #expect(list.tax.category == .standard)
        #expect(list.tax.percent.text == "20")
        #expect(site.rentals.map(\.serial) == ["MG-12"])
        #expect(site.rentals[0].from.description == "2026-01-15")
    }

    /// What the files say is what holds without them, so that nobody is surprised by deleting one.
    @Test func equalWhatHoldsWithoutThem() throws {
        let parties = try #require(ExampleSite.defaults["parties.yaml"])
        let bare = try SiteConfiguration.parse(["parties.yaml": parties])
        #expect(try bare == SiteConfiguration.parse(ExampleSite.defaults))
    }

    @Test func holdTheContractsImagesPipeline() throws {
        let images = try ExampleSite().parsed().pipeline(.images)
        #expect(images.stages == ["receive", "unpack", "identify", "store", "assign"])
        #expect(images.workers == 2)
        #expect(images.settleMilliseconds == 10_000)
        #expect(images.scanEveryMilliseconds == 5000)
        #expect(images.holdIncompleteAfterMilliseconds == 129_600_000)
        #expect(images.retry.firstMilliseconds == 30_000)
        #expect(images.retry.capMilliseconds == 3_600_000)
        #expect(images.retry.giveUpAfterMilliseconds == 432_000_000)
        #expect(images.limits.byteCount == 100_000_000_000)
        #expect(images.limits.entries == 500_000)
    }
}
