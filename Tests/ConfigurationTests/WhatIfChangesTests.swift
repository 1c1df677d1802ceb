// Files of weights and rules to try: what they stand for, and what is said about mistakes in them.

import Configuration
import Testing

struct WhatIfChangesTests {
    /// What a file stands for, or what is wrong with it.
    static func problems(_ text: String) throws -> [String] {
        let site = try ExampleSite().parsed()
        do throws(ConfigurationError) {
            _ = try WhatIfChanges.parse(text, file: "try.yaml", for: site)
            return []
        } catch {
            return error.description.split(separator: "\n").map(String.init)
        }
    }

    @Test func entriesStandForAllOfTheSameReader() throws {
        let text = """
            readers:
              - {id: sato, weight: 2.5, to: 2026-06-01}
              - {id: sato, weight: 3, from: 2026-06-01}
            """
        let changes = try WhatIfChanges.parse(text, file: "try.yaml", for: try ExampleSite().parsed())
        let (may, june) = (try #require(CalendarDate("2026-05-31")), try #require(CalendarDate("2026-06-01")))
        #expect(changes.reader("sato", on: may)?.weight.text == "2.5")
        #expect(changes.reader("sato", on: june)?.weight.text == "3")
        #expect(changes.names(reader: "sato") && !changes.names(reader: "ito"))
        #expect(changes.protocols.isEmpty)
    }

    @Test func aProtocolMayNameTheReadersOfTheSite() throws {
        let text =
            "protocols: [{id: screening, labels: [normal, recall], readers: [ito], rule: {kind: any, positive: recall}}]"
        let changes = try WhatIfChanges.parse(text, file: "try.yaml", for: try ExampleSite().parsed())
        #expect(changes.readingProtocol("screening")?.rule.kind == .any)
        #expect(changes.readingProtocol("other") == nil)
    }

    @Test(arguments: [
        ("readers: [{id: satoh}]", "1: readers[0]: there is no reader \"satoh\" to replace; did you mean \"sato\"?"),
        (
            "protocols:\n  - {id: other, labels: [a, b], readers: [ito]}",
            "2: protocols[0]: there is no protocol \"other\" to replace; the site has: screening"
        ),
        (
            "protocols:\n  - {id: screening, labels: [a, b], readers: [itoh]}",
            "2: protocols[0].readers[0]: there is no reader \"itoh\"; did you mean \"ito\"?"
        ),
        (
            "readers: [{id: sato, weight: 0}]",
            "1: readers[0].weight: here stands \"0\"; a weight above 0 is wanted, such as 1.0 or 2.5"
        ),
        ("# nothing", "1: the file is empty; give `readers:`, `protocols:` or both"),
        ("reader: []", "1: unknown key \"reader\"; did you mean \"readers\"?"),
        ("- a", "1: here stands a list; a block of keys (`key: value`) is wanted"),
    ])
    func mistakesAreNamedWithTheirPlace(text: String, expected: String) throws {
        #expect(try Self.problems(text) == ["try.yaml:\(expected)"])
    }
}
