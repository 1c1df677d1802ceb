// Shows each rule a breach that it must find, and the nearest thing that it must let pass.

import Testing

@Suite struct PlantedBreachTests {
    @Test func importFromAFloorAbove() {
        let text = "internal import Catalog\nimport struct Foundation.Date\n// import GRDB\n"
        #expect(Floors.breaches(module: "Spool", path: "a", text: text) == ["a: Spool may not import Catalog"])
        #expect(Floors.breaches(module: "Pipeline", path: "a", text: text) == [])
        #expect(Floors.breaches(module: "Cellar", path: "a", text: "") == ["a: module Cellar stands on no floor"])
        #expect(Floors.imports(of: "@preconcurrency package import GRDB") == ["GRDB"])
    }

    @Test func longFile() {
        let limit = String(repeating: "x\n", count: Rules.fileLineLimit)
        #expect(Rules.fileLength("a", limit) == [])
        #expect(Rules.fileLength("a", limit + "x\n").count == 1)
    }

    @Test func longFunction() {
        func function(lineCount: Int) -> String {
            let body = String(repeating: "        g(\"}\") // }\n", count: lineCount - 4)
            return "struct S {\n    func f(\n        a: Int\n    ) {\n" + body + "    }\n    func g() {}\n}\n"
        }
        #expect(Rules.functionLength("a", function(lineCount: Rules.functionLineLimit)) == [])
        let tooLong = function(lineCount: Rules.functionLineLimit + 1)
        #expect(Rules.functionLength("a", tooLong) == ["a:2: a function of 71 lines"])
    }

    @Test func missingHeader() {
        #expect(Rules.header("a", "import Foundation\n").count == 1)
        #expect(Rules.header("a", "// swift-format-ignore-file\nlet a = 1\n").count == 1)
        #expect(Rules.header("a", "// Owns the order of the floors.\nlet a = 1\n") == [])
        #expect(Rules.header("a", String(repeating: "// Owns the order of the floors.\n", count: 13)).count == 1)
    }

    @Test(arguments: ["let a = try" + "? f()", "let a = try" + "! f()", "a as" + "! B", "fatalError" + "()"])
    func bannedConstruct(_ code: String) {
        #expect(Rules.bannedConstructs("a", code).count == 1)
        #expect(Rules.bannedConstructs("a", "\"\(code)\" // \(code)") == [])
        #expect(Rules.bannedConstructs("a", "\"\\(\(code))\"").count == 1)
    }

    @Test func optionalEntryIsNoBannedConstruct() {
        #expect(Rules.bannedConstructs("a", "func find() -> Entry? { entry }") == [])
    }

    @Test func emptyCatch() {
        #expect(Rules.bannedConstructs("a", "do { try f() } catch {\n    // nothing\n}").count == 1)
        #expect(Rules.bannedConstructs("a", "do { try f() } catch { report(error) }") == [])
    }

    @Test func wordsForLater() {
        #expect(Rules.leftForLater("a", "// " + "TO" + "DO: later").count == 1)
        #expect(Rules.leftForLater("a", "// X" + "XX").count == 1)
        #expect(Rules.leftForLater("a", "let mastodon = \"XX\"") == [])
    }

    @Test func vagueName() {
        #expect(Rules.vagueNames("Sources/A/DropManager.swift", "").count == 1)
        #expect(Rules.vagueNames("a.swift", "enum PathUtils {}").count == 1)
        #expect(Rules.vagueNames("a.swift", "final class Watcher {}") == [])
    }

    @Test func machinePath() {
        #expect(Rules.machinePaths("a", "cd /" + "work/main").count == 1)
        #expect(Rules.machinePaths("a", "ls network/usr") == [])
    }

    @Test func strangerAtTheTop() {
        let names = ["Sources", "notes.txt", ".build-venv"]
        #expect(Rules.topLevel(names) == ["notes.txt does not belong at the top level"])
    }

    @Test func unnamedFixture() {
        #expect(Rules.fixturesNamed("F", ["a.dcm", "README.md"], readme: nil).count == 1)
        #expect(Rules.fixturesNamed("F", ["a.dcm", "b.dcm"], readme: "`a.dcm`") == ["F/b.dcm: not named in README.md"])
    }

    @Test func literalsAndCommentsAreBlanked() {
        let oneLine = "let a = \"}\\\"{\" /* { /* } */ */ + #\"\\(x) {\"# + \"\\(f(\"{\", b))\"\n"
        let text = oneLine + "let c = \"\"\"\n    {\n    \"\"\"\n}"
        let code = SourceText.code(of: text)
        #expect(code.filter { "{}".contains($0) } == "}")
        #expect(code.contains("f(") && code.contains("b)"))
        #expect(code.count == text.count)
    }
}
