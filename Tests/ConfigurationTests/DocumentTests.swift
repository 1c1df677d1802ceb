import Configuration
import Testing

/// YAML that is broken, hostile or merely unusual.
struct DocumentTests {
    @Test(arguments: [
        (
            "site: [\n  id: x\n",
            "pipelines/parties.yaml:3: this is not YAML:"
        ),
        ("site: {id: \"x}\n", "pipelines/parties.yaml:2: this is not YAML:"),
        ("site:\n\tid: x\n", "pipelines/parties.yaml:2: this is not YAML:"),
        ("site: {id: x}\n---\nsite: {id: y}\n", "pipelines/parties.yaml:2: this is not YAML:"),
        ("site: {id: x}\nreaders: []\nsite: {id: y}\n", "pipelines/parties.yaml:1: given twice in one block: site;"),
        ("- a\n- b\n", "pipelines/parties.yaml:1: here stands a list; a block of keys"),
        ("hello\n", "pipelines/parties.yaml:1: here stands \"hello\"; a block of keys"),
        ("a: &a [x]\nb: *a\n", "pipelines/parties.yaml:1: anchors and aliases"),
        ("a: 1\n? &a x\n: *a\n", "pipelines/parties.yaml:2: anchors and aliases"),
        ("a: *b\n", "pipelines/parties.yaml:1: this is not YAML: found undefined alias"),
        ("site: {name: \"a\u{FFFD}\"}\n", "pipelines/parties.yaml:1: this line is not UTF-8"),
        ("a: 1\nb: \u{7}\n", "pipelines/parties.yaml:2: this is not readable text"),
        (String(repeating: "[", count: 17), "pipelines/parties.yaml:2: this is not YAML"),
        (
            "a: " + String(repeating: "[", count: 17) + String(repeating: "]", count: 17),
            "pipelines/parties.yaml:1: blocks and lists are nested"
        ),
    ])
    func isRefusedWithItsLine(_ text: String, _ expected: String) {
        var site = ExampleSite()
        site.texts["parties.yaml"] = text
        let problems = site.problems()
        #expect(problems.first?.hasPrefix(expected) == true, "\(problems)")
    }

    @Test func excessIsRefused() {
        let texts = [
            "a: " + String(repeating: "[", count: 100_000), String(repeating: "- ", count: 100_000),
            "# " + String(repeating: "x", count: 1 << 20),
        ]
        for text in texts {
            var site = ExampleSite()
            site.texts["parties.yaml"] = text
            let problems = site.problems()
            #expect(problems.count == 1)
            #expect(problems.allSatisfy { $0.hasPrefix("pipelines/parties.yaml:1: ") && $0.utf8.count < 300 })
        }
    }

    /// Nine levels of nine aliases each would unfold to 387 million items.
    @Test func anAliasBombCostsNothing() {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1..<9 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
            bomb += "a\(level): &a\(level) [\(aliases)]\n"
        }
        var site = ExampleSite()
        site.texts["parties.yaml"] = bomb + "? *a8\n: x\n"
        #expect(site.problems().count == 1)
    }

    @Test func valuesAreTakenAsWritten() throws {
        let text = """
            site: {id: 007, name: yes, timeZone: UTC, currency: "JPY", address: {postalCode: 0123, country: NO}, vatID: 1e3}
            facilities:
              - {id: 12, name: 'R&D & Sons', issuerOfPatientID: 1.10, purposes: treatment}
            management: [{id: null-office, name: "null"}]
            """
        let site = try SiteConfiguration.parse(["parties.yaml": "\u{FEFF}" + text.replacing("\n", with: "\r\n")])
        #expect(site.site.id == "007")
        #expect(site.site.name == "yes")
        #expect(site.site.address?.postalCode == "0123")
        #expect(site.site.address?.country == "NO")
        #expect(site.site.vatID == "1e3")
        #expect(site.facilities[0].id == "12")
        #expect(site.facilities[0].name == "R&D & Sons")
        #expect(site.facilities[0].issuerOfPatientID == "1.10")
        #expect(site.facilities[0].timeZone == "UTC")
        #expect(site.facilities[0].purposes == ["treatment"])
        #expect(site.managementOffices[0].name == "null")
    }

    @Test func pricesMayStandWithoutQuotes() throws {
        let site = try ExampleSite.changing("tariff.yaml", "fast: \"0.20\"", to: "fast: 0.20").parsed()
        #expect(site.priceLists[0].storage["fast"]?[0].price.text == "0.20")
    }
}
