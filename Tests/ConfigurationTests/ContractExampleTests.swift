import Configuration
import Testing

/// The example that the contract shows for every file, with the parties that it speaks of.
struct ContractExampleTests {
    @Test func isRead() throws {
        let site = try SiteConfiguration.parse(Self.texts)
        #expect(site.facilities.map(\.id) == ["northside", "southside"])
        #expect(site.readers.map(\.id) == ["sato", "ito", "weber"])
        #expect(site.chartSystems[0].formats == [.fhir, .hl7])
        #expect(site.protocols[0].rule.kind == .weighted && site.protocols[0].rule.positive == "recall")
        #expect(site.purposes.map(\.id) == ["treatment", "teaching"])
        #expect(site.sharing.count == 1)
        #expect(site.priceLists[0].dataFees.map(\.fee.text) == ["4.50", "1.00", "2.00"])
        #expect(site.priceLists[0].rents["client"]?.price.text == "80.00")
        #expect(site.rentals.map(\.serial) == ["MG-12"])
    }

    /// What it shows as defaults are the defaults.
    @Test func showsTheDefaults() throws {
        let site = try SiteConfiguration.parse(Self.texts)
        let usual = try SiteConfiguration.parse(ExampleSite.defaults)
        #expect(site.storage == usual.storage)
        #expect(site.pipelines == usual.pipelines)
        #expect(site.purposes == usual.purposes)
    }

    /// Each part of it is needed: without the parties, what names them is wrong.
    @Test func isCheckedInDepth() {
        var texts = Self.texts
        texts["parties.yaml"] = ExampleSite.defaults["parties.yaml"]?.replacing("id: southside", with: "id: westside")
        #expect {
            try SiteConfiguration.parse(texts)
        } throws: { error in
            String(describing: error).contains("pipelines/purposes.yaml:4: sharing[0].to: there is no facility")
        }
    }

    private static let address = "{street: 1 Quay Street, city: London, postalCode: SE1 9AA, country: GB}"

    private static let texts = [
        "parties.yaml": """
        site: {id: northbank, name: Northbank Reading Service, timeZone: Europe/London, currency: EUR, address: \(address), vatID: null, certifiedDisplay: false}
        facilities: [{id: northside, name: Northside Clinic, issuerOfPatientID: NORTHSIDE, timeZone: Asia/Tokyo, purposes: [treatment, teaching], defaultPurpose: treatment,
          recipientFormats: [dicom, png], address: \(address), vatID: null}, {id: southside}]           # no defaultPurpose: charts cause no request
        readers: [{id: sato, name: Dr Sato, personName: SATO^JIRO, weight: 1.0, sensitivity: null, specificity: null, from: null, to: null}, {id: ito}, {id: weber}]
        management: [{id: office}]
        chartSystems: [{id: northside-ehr, facility: northside, formats: [fhir, hl7]}]      # fhir hl7 sr
        """,
        "reading.yaml": """
        protocols:
          - {id: screening, match: {modalities: [MG], bodyParts: all, descriptions: all, facilities: all}, labels: [normal, benign, recall], ordered: true, readers: [sato, ito, weber], number: all,
             assignment: all, blinded: true, rounds: 1, examComplete: 10m, quorum: 2, minimumReads: quorum, deadline: null, technicalRecall: [],
             rule: {kind: weighted, threshold: 0.5, positive: recall, ties: escalate, arbiter: weber, arbiterSees: nothing, escalateBelowMargin: 0}}
        """,
        "purposes.yaml": """
        purposes:
          - {id: treatment, code: TREAT, range: {kinds: all, pixelDensity: 1.0, imageProcessing: true, reports: true, reportInput: true, mostRecent: all, for: null}, deidentify: false}
          - {id: teaching, code: HRESCH, range: {kinds: [CR, DX, MG], pixelDensity: 0.25, imageProcessing: false, reports: false, reportInput: false}, deidentify: true}
        sharing: [{from: northside, to: southside, purposes: [treatment], patients: all}]   # none by default
        """,
        "tariff.yaml": """
        priceLists:
          - {effective: 2026-01-01, storageUnit: GB, storage: {fast: "0.20", slow: "0.02"}, storageMinimumDays: 0, dataFees: [{modality: MG, purpose: treatment, fee: "4.50"}, {purpose: teaching, fee: "1.00"}, {fee: "2.00"}],
             rents: {mammography-unit: {price: "900.00", prorate: daily}, client: {price: "80.00", prorate: daily}}, tax: {category: S, percent: "20"}, freeAgainWithin: 0d, minimum: null, facilities: all}
             # graduated prices: storage: {fast: [{upTo: 50000, price: "0.155"}, {upTo: null, price: "0.15"}]} in storage units, graduated over the month
        rentals: [{facility: northside, item: mammography-unit, serial: MG-12, from: 2026-01-15, to: null}]
        """,
        "storage.yaml": """
        catalog: archive/catalog.sqlite
        tiers: {fast: {path: archive/fast}, slow: {path: archive/slow, compress: zstd}}
        demoteAfter: 30d          # since last use
        serveFromSlow: true       # or recall first
        expectedRecall: 10m
        highWater: 90%            # of the fast tier's disk: demote the least recently used down to lowWater
        lowWater: 80%
        minimumFree: 5%           # below: intake pauses
        retention: null
        retainUnacknowledged: 90d
        """,
        "images.yaml": """
        pipeline: images
        stages: [receive, unpack, identify, store, assign]
        workers: 2
        settle: 10s
        scanEvery: 5s
        holdIncompleteAfter: 36h
        retry: {first: 30s, factor: 2, cap: 1h, giveUpAfter: 5d}
        limits: {bytes: 100GB, entries: 500000, ratio: 200, depth: 1, pathLength: 4096}
        """,
    ]
}
