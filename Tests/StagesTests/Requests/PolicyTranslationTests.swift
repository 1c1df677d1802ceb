// What the configuration says, as what decides: the contract's purposes and tariff with one thing changed.

import Access
import Accounting
import Configuration
import Testing

@testable import Stages

struct PolicyTranslationTests {
    private static let parties = """
        site: {id: northbank, name: Northbank, timeZone: Europe/London, currency: EUR}
        facilities:
          - {id: northside, purposes: [treatment, teaching], defaultPurpose: treatment}
          - {id: southside, purposes: [treatment]}
        readers: [{id: sato, to: 2026-07-01}]
        management: [{id: office}]
        chartSystems: [{id: northside-ehr, facility: northside}]
        """
    private static let purposes = """
        purposes:
          - {id: treatment, code: TREAT, range: {kinds: all, pixelDensity: 1.0, imageProcessing: true, reports: true, reportInput: true}}
          - {id: teaching, range: {kinds: [CR, MG], pixelDensity: 0.250, mostRecent: 3, for: 7d}, deidentify: true}
        sharing: [{from: northside, to: southside, purposes: [treatment], patients: [P-9]}]
        """
    private static let tariff = """
        priceLists:
          - {effective: 2026-01-01, dataFees: [{modality: MG, purpose: treatment, fee: "4.50"}, {fee: "2.005"}],
             tax: {category: S, percent: "20"}, freeAgainWithin: 7d, facilities: [northside]}
        """

    private static func site(purposes: String = purposes) throws -> SiteConfiguration {
        try SiteConfiguration.parse(["parties.yaml": parties, "purposes.yaml": purposes, "tariff.yaml": tariff])
    }

    @Test func everyPartOfAPurposeIsTaken() throws {
        let policy = try Self.site().accessPolicy
        let teaching = try #require(policy.purposes.last)
        #expect(
            teaching
                == Purpose(
                    id: "teaching",
                    range: AvailableRange(
                        kinds: ImageKinds(modalities: .only(["CR", "MG"])),
                        pixelDensity: try #require(PixelDensity(decimal: "0.25")), mostRecent: 3,
                        forMilliseconds: 604_800_000, deidentified: true)))
        #expect(
            policy.purposes.first
                == Purpose(
                    id: "treatment", code: "TREAT",
                    range: AvailableRange(imageProcessing: true, reports: true, reportInput: true)))
        #expect(
            policy.sharing == [
                SharedExams(
                    from: "northside", to: "southside", purposes: .only(["treatment"]), patients: .only(["P-9"]))
            ])
    }

    @Test func eachPartyAsksAsItsKindMay() throws {
        let site = try Self.site()
        func party(_ id: String, _ day: String) throws -> AccessParty {
            site.accessParty(try #require(site.party(id)), on: try #require(CalendarDate(day)))
        }
        #expect(
            try party("northside", "2026-01-01")
                == AccessParty(
                    id: "northside", role: .facility, purposes: .only(["treatment", "teaching"]),
                    defaultPurpose: "treatment"))
        #expect(try party("sato", "2026-06-30").role == .reader)
        #expect(try party("sato", "2026-07-01").role == .outsider)
        #expect(try party("office", "2026-01-01") == AccessParty(id: "office", role: .management, purposes: .all))
        #expect(try party("northside-ehr", "2026-01-01").role == .outsider)
    }

    @Test func everyPartOfAFeeIsTaken() throws {
        let tariff = try Self.site().tariff
        #expect(tariff.currency == Currency("EUR"))
        let list = try #require(tariff.priceLists.first)
        #expect(list.effective.description == "2026-01-01" && list.parties == ["northside"])
        #expect(list.freeAgainWithinMilliseconds == 604_800_000)
        #expect(list.dataFees.map(\.fee.description) == ["4.50", "2.005"])
        #expect(list.dataFees.map(\.conditionText) == ["modality MG, purpose treatment", "any exam"])
    }

    @Test func theVersionChangesWithTheRulesThatDecided() throws {
        func version(_ purposes: String) throws -> String {
            let site = try Self.site(purposes: purposes)
            let exam = HeldExam(facility: "northside", patientID: "P-9", images: [HeldImage(modality: "MG")])
            let party = site.accessParty(
                try #require(site.party("southside")), on: try #require(CalendarDate("2026-01-01")))
            let decision = site.accessPolicy.decide(AccessRequest(purpose: "treatment"), for: party, exam: exam)
            return try #require(decision.granted).basis.version
        }
        let first = try version(Self.purposes)
        #expect(first.count == 12)
        #expect(try version(Self.purposes.replacing("pixelDensity: 0.250", with: "pixelDensity: 0.3")) == first)
        #expect(try version(Self.purposes.replacing("pixelDensity: 1.0", with: "pixelDensity: 0.9")) != first)
        #expect(try version(Self.purposes.replacing("patients: [P-9]", with: "patients: all")) != first)
    }
}
