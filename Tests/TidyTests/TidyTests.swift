// Checks every source of this repository against the rules of style and the floors of the design.
//
// Owns no rule: those are in `Rules` and `Floors`, and each is shown a planted breach in `PlantedBreachTests`.

import Foundation
import Testing

@Suite struct TidyTests {
    @Test func modulesImportOnlyFromTheFloorsBelow() {
        let breaches = Repository.swiftFiles.flatMap { file in
            file.module.map { Floors.breaches(module: $0, path: file.path, text: file.text) } ?? []
        }
        #expect(breaches == [])
    }

    @Test(arguments: [
        "GRDB": "Catalog", "CInotifyTools": "filmroom-watch", "Yams": "Configuration",
        "PixelCodecs": "filmroom-pixels", "Typesetting": "filmroom-print", "CTypesetting": "Typesetting",
    ])
    func oneModuleAloneImports(_ library: String, _ importer: String) {
        let importers = Repository.swiftFiles.filter { file in
            file.module != nil && Floors.imports(of: file.text).contains(library)
        }
        #expect(importers.map(\.module).allSatisfy { $0 == importer })
    }

    @Test func filesAndFunctionsAreShort() {
        let files = Repository.swiftFiles.filter { !$0.isGenerated }
        #expect(files.flatMap { Rules.fileLength($0.path, $0.text) } == [])
        #expect(files.flatMap { Rules.functionLength($0.path, $0.text) } == [])
    }

    @Test func filesOpenWithWhatTheyOwn() {
        let sources = Repository.swiftFiles.filter { $0.module != nil }
        #expect(sources.flatMap { Rules.header($0.path, $0.text) } == [])
    }

    @Test func noErrorIsDroppedOrTrappedOn() {
        let files = Repository.swiftFiles.filter { !$0.isGenerated }
        #expect(files.flatMap { Rules.bannedConstructs($0.path, $0.text) } == [])
    }

    @Test func nothingIsLeftForLater() {
        #expect(Repository.writtenFiles.flatMap { Rules.leftForLater($0.path, $0.text) } == [])
    }

    @Test func namesSayWhatThingsAre() {
        let files = Repository.swiftFiles.filter { !$0.isGenerated }
        #expect(files.flatMap { Rules.vagueNames($0.path, $0.text) } == [])
    }

    @Test func noPathOfAMachine() {
        #expect(Repository.writtenFiles.flatMap { Rules.machinePaths($0.path, $0.text) } == [])
    }

    @Test func topLevelHoldsOnlyWhatBelongsThere() {
        #expect(Rules.topLevel(Repository.topLevelNames()) == [])
    }

    @Test func fixturesAreNamedInAReadme() {
        let breaches = Repository.fixtureFolders().flatMap { folder in
            let data = FileManager.default.contents(
                atPath: Repository.folder.appending(path: "\(folder.path)/README.md").path)
            let names = folder.names.map { String($0.dropFirst(folder.path.count + 1)) }
            return Rules.fixturesNamed(
                folder.path, names, readme: data.map { String(decoding: $0, as: UTF8.self) })
        }
        #expect(breaches == [])
    }

    @Test func sourcesAreFound() {
        #expect(Repository.swiftFiles.contains { $0.module == "filmroom-watch" })
        #expect(Repository.writtenFiles.contains { $0.path == "Tests/run" })
    }
}
