import Configuration
import Testing

/// `parties.yaml`.
struct PartiesTests {
    @Test(arguments: [
        Mistake(
            "parties.yaml", "timeZone: Europe/London", to: "timeZone: Europe/Londn",
            "10: site.timeZone: there is no time zone \"Europe/Londn\"; did you mean \"Europe/London\"?"),
        Mistake(
            "parties.yaml", "timeZone: Europe/London", to: "timeZone: JST",
            "10: site.timeZone: there is no time zone \"JST\"; a name such as Europe/London or Asia/Tokyo is wanted"),
        Mistake(
            "parties.yaml", "currency: EUR", to: "currency: EURO",
            "11: site.currency: here stands \"EURO\"; a currency code of ISO 4217 is wanted, such as EUR or JPY"),
        Mistake(
            "parties.yaml", "country: GB", to: "country: UK",
            "12: site.address.country: here stands \"UK\"; a country code of ISO 3166 is wanted, such as GB or JP"),
        Mistake("parties.yaml", "  id: northbank\n", to: "", "8: site.id: this key is missing; add `id: ...`"),
        Mistake(
            "parties.yaml", "certifiedDisplay: false", to: "certifiedDisplay: \"no\"",
            "14: site.certifiedDisplay: here stands \"no\"; true or false (without quotes) is wanted"),
        Mistake(
            "parties.yaml", "certifiedDisplay: false", to: "certifiedDisply: false",
            "14: site: unknown key \"certifiedDisply\"; did you mean \"certifiedDisplay\"?"),
        Mistake(
            "parties.yaml", "id: northside\n", to: "id: North Side\n",
            "18: facilities[0].id: here stands \"North Side\"; an id is wanted: 1 to 32 small letters, digits and hyphens"
        ),
        Mistake(
            "parties.yaml", "id: southside\n", to: "id: northside\n",
            "27: facilities[1]: the id \"northside\" belongs to the facility in line 18; give every party its own"),
        Mistake(
            "parties.yaml", "{id: office", to: "{id: sato",
            "45: management[0]: the id \"sato\" belongs to the reader in line 39; give every party its own"),
        Mistake(
            "parties.yaml", "{id: office", to: "{pageEvery: 0s, id: office",
            "45: management[0].pageEvery: here stands \"0s\"; a duration longer than 0 is wanted, such as 10s"
        ),
        Mistake(
            "parties.yaml", "{id: office", to: "{quietFactor: 0.5, id: office",
            "45: management[0].quietFactor: here stands \"0.5\"; a number from 1 to 100 with two decimals at most is wanted, such as 1.5"
        ),
        Mistake(
            "parties.yaml", "{id: office", to: "{quietFactor: 1.125, id: office",
            "45: management[0].quietFactor: here stands \"1.125\"; a number from 1 to 100 with two decimals at most is wanted, such as 1.5"
        ),
        Mistake(
            "parties.yaml", "purposes: [treatment, teaching]", to: "purposes: [treatment, teching]",
            "22: facilities[0].purposes[1]: there is no purpose \"teching\"; did you mean \"teaching\"?"),
        Mistake(
            "parties.yaml", "purposes: [treatment, teaching]", to: "purposes: [treatment, treatment]",
            "22: facilities[0].purposes[1]: \"treatment\" stands twice in this list; keep one"),
        Mistake(
            "parties.yaml", "purposes: [treatment, teaching]", to: "purposes: [teaching]",
            "23: facilities[0].defaultPurpose: \"treatment\" is not among the purposes of this facility; add it to `purposes`"
        ),
        Mistake(
            "parties.yaml", "recipientFormats: [dicom, png]", to: "recipientFormats: [jpeg]",
            "24: facilities[0].recipientFormats[0]: here stands \"jpeg\"; one is wanted of: dicom png"),
        Mistake(
            "parties.yaml", "weight: 1.0, sensitivity: null", to: "weight: heavy, sensitivity: null",
            "39: readers[0].weight: here stands \"heavy\"; a weight above 0 is wanted, such as 1.0 or 2.5"),
        Mistake(
            "parties.yaml", "weight: 1.0, sensitivity: null", to: "weight: 0, sensitivity: null",
            "39: readers[0].weight: here stands \"0\"; a weight above 0 is wanted, such as 1.0 or 2.5"),
        Mistake(
            "parties.yaml", "sensitivity: null", to: "sensitivity: 0.9",
            "39: readers[0]: sensitivity and specificity belong together; give both or neither"),
        Mistake(
            "parties.yaml", "from: null, to: null", to: "from: 2026-02-30, to: null",
            "39: readers[0].from: here stands \"2026-02-30\"; a date that exists is wanted, such as 2026-01-31"),
        Mistake(
            "parties.yaml", "from: null, to: null", to: "from: 2026-02-01, to: 2026-02-01",
            "39: readers[0].to: the entry ends on 2026-02-01, not after it begins on 2026-02-01; give a later day or null"
        ),
        Mistake(
            "parties.yaml", "readers:\n", to: "readers:\n  - {id: sato, from: 2027-01-01}\n",
            "40: readers[1]: this entry of \"sato\" holds at the same time as the one in line 39; end one with `to` on the day on which the other begins with `from`"
        ),
        Mistake(
            "parties.yaml", "facility: northside", to: "facility: northsid",
            "49: chartSystems[0].facility: there is no facility \"northsid\"; did you mean \"northside\"?"),
        Mistake(
            "parties.yaml", "formats: [fhir, hl7]", to: "formats: [fhir, hl8]",
            "49: chartSystems[0].formats[1]: here stands \"hl8\"; did you mean \"hl7\"?"),
        Mistake(
            "parties.yaml", "  - {id: office, name: Office}", to: "  {id: office}",
            "45: management: here stands a block of keys; a list is wanted, each item starting with `- `"),
    ])
    func mistakesAreSaidWithTheirLine(_ mistake: Mistake) throws {
        try mistake.checkAlone()
    }

    @Test func weightsGoByDate() throws {
        var site = ExampleSite()
        site.texts["parties.yaml"] = site.texts["parties.yaml"]?.replacing(
            "{id: ito, name: Dr Ito, personName: ITO^HANAKO, weight: 1.0}",
            with: "{id: ito, weight: 1.0, to: 2026-07-01}\n  - {id: ito, weight: 2.5, from: 2026-07-01}")
        let configuration = try site.parsed()
        let june = try #require(CalendarDate("2026-06-30"))
        let july = try #require(CalendarDate("2026-07-01"))
        #expect(configuration.reader("ito", on: june)?.weight.text == "1.0")
        #expect(configuration.reader("ito", on: july)?.weight.text == "2.5")
        #expect(configuration.reader("nobody", on: july) == nil)
        #expect(configuration.parties.count { $0.id == "ito" } == 1)
    }

    @Test func kindsOfPartyHaveTheirFolders() {
        #expect(PartyKind.facility.dropKinds == [.images, .requests, .reports, .charts, .acks])
        #expect(PartyKind.reader.dropKinds == [.diagnoses, .requests, .reports, .acks])
        #expect(PartyKind.management.dropKinds == [.requests, .acks])
        #expect(PartyKind.chartSystem.dropKinds == [.charts, .acks])
        #expect(Set(PartyKind.facility.outboundKinds) == Set(OutboundKind.allCases).subtracting([.worklists]))
        #expect(PartyKind.reader.outboundKinds == [.receipts, .worklists, .deliveries, .notices])
        #expect(PartyKind.management.outboundKinds == [.receipts, .deliveries, .results, .notices, .invoices])
        #expect(PartyKind.chartSystem.outboundKinds == [.receipts, .results, .liaison])
    }

    @Test func theOfficesPageHasItsTimeAndItsPatience() throws {
        let usual = try ExampleSite().parsed().managementOffices
        #expect(usual.map(\.pageEveryMilliseconds) == [60_000] && usual.map(\.quietFactorInHundredths) == [200])
        let own = try ExampleSite.changing(
            "parties.yaml", "{id: office", to: "{pageEvery: 5m, quietFactor: 1.5, id: office")
        let office = try #require(try own.parsed().managementOffices.first)
        #expect(office.pageEveryMilliseconds == 300_000 && office.quietFactorInHundredths == 150)
    }
}
