import Configuration
import Foundation
import Testing

/// How problems are collected and told, whatever they are.
struct ProblemsTests {
    @Test func severalMistakesAreToldAtOnceInOrder() throws {
        var site = try ExampleSite.changing("parties.yaml", "currency: EUR", to: "currency: EURO")
        for (file, old, new) in [
            ("parties.yaml", "weight: 1.0}", "weight: -1}"),
            ("parties.yaml", "facility: northside", "facility: eastside"),
            ("storage.yaml", "lowWater: 80%", "lowWater: 95%"),
            ("acks.yaml", "workers: 1", "workers: 0"),
        ] {
            site.texts[file] = site.texts[file]?.replacing(old, with: new, maxReplacements: 1)
        }
        let places = site.problems().map { $0.split(separator: " ").prefix(2).joined(separator: " ") }
        #expect(
            places == [
                "pipelines/parties.yaml:11: site.currency:", "pipelines/parties.yaml:40: readers[1].weight:",
                "pipelines/parties.yaml:49: chartSystems[0].facility:", "pipelines/storage.yaml:13: lowWater:",
                "pipelines/acks.yaml:5: workers:",
            ])
    }

    @Test func aBrokenFileIsNotBlamedOnThoseThatReferToIt() throws {
        let site = try ExampleSite.changing("parties.yaml", "facilities:\n", to: "facilities: [\n")
        #expect(site.problems().count == 1)
        #expect(site.problems()[0].hasPrefix("pipelines/parties.yaml:"))
    }

    @Test func anUnknownFileIsReported() throws {
        var site = ExampleSite()
        site.texts["reports.yml"] = ""
        #expect(
            site.problems() == [
                "pipelines/reports.yml:1: no part of the configuration has this name; did you mean \"reports.yaml\"?"
            ])
    }

    @Test func anEmptyPartiesFileIsReported() throws {
        var site = ExampleSite()
        site.texts = ["parties.yaml": "# nothing yet\n"]
        #expect(site.problems().map { $0.prefix(25) } == ["pipelines/parties.yaml:1:"])
    }

    @Test func anAbsentPartiesFileSaysWhatToDo() {
        var site = ExampleSite()
        site.texts["parties.yaml"] = nil
        #expect(site.problems().count == 1)
        #expect(site.problems()[0].contains("filmroom init"))
    }

    @Test func tooManyProblemsAreCounted() throws {
        let readers = (0..<500).map { "  - {id: R\($0)}\n" }.joined()
        let site = try ExampleSite.changing("parties.yaml", "readers:\n", to: "readers:\n" + readers)
        #expect(site.problems().count == 201)
        #expect(site.problems().last?.hasSuffix("more problems were found; mend those above first") == true)
    }

    @Test func aSiteIsReadFromItsFolder() throws {
        let root = try TemporarySite()
        defer { root.remove() }
        #expect(try SiteConfiguration.load(root: root.path) == SiteConfiguration.parse(ExampleSite.defaults))
    }

    @Test func aFolderThatIsNoSiteIsUnreadable() {
        #expect {
            try SiteConfiguration.load(root: "/nonexistent")
        } throws: { error in
            guard case ConfigurationError.unreadable(let file, let text) = error else { return false }
            return file == "pipelines" && text.contains("filmroom init")
        }
    }

    @Test func aFolderInPlaceOfAFileIsUnreadable() throws {
        let root = try TemporarySite()
        defer { root.remove() }
        try FileManager.default.createDirectory(
            atPath: root.path + "/pipelines/extra.yaml", withIntermediateDirectories: true)
        #expect {
            try SiteConfiguration.load(root: root.path)
        } throws: { error in
            (error as? ConfigurationError) == .unreadable(file: "pipelines/extra.yaml", text: "this is not a file")
        }
    }
}

/// A folder with the default configuration.
private struct TemporarySite {
    let path = NSTemporaryDirectory() + "configuration-" + UUID().uuidString

    init() throws {
        try FileManager.default.createDirectory(atPath: path + "/pipelines", withIntermediateDirectories: true)
        for file in DefaultConfiguration.files {
            try Data(file.text.utf8).write(to: URL(fileURLWithPath: path + "/pipelines/" + file.name))
        }
    }

    func remove() {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            Issue.record(error)
        }
    }
}
