// The Library of Congress' conformance suite (bags of versions 0.93 to 1.0).
//
// Where we differ from a class that leaves it open:
// - `linux-only` and `windows-only` bags are invalid on the named system. A verdict here does not depend on
//   where it is made, and all of them have paths outside the bag: all are invalid.
// - `warning` bags are valid, with the warning among the problems: each can be read in one way only.

import Bundles
import Foundation
import Testing

struct BagCase: Sendable, CustomTestStringConvertible {
    let path: String
    let suiteClass: String
    var testDescription: String { path }

    static let all: [BagCase] = {
        do {
            let text = String(decoding: try Fixture.bytes("bagit/EXPECTED.tsv"), as: UTF8.self)
            return text.split(separator: "\n").dropFirst().map { line in
                let columns = line.split(separator: "\t")
                return BagCase(path: String(columns[0]), suiteClass: String(columns[1]))
            }
        } catch {
            Issue.record(error)
            return []
        }
    }()
}

struct BagConformanceTests {
    @Test(arguments: BagCase.all)
    func verdict(_ bag: BagCase) throws {
        let files = FolderBag(folder: Fixture.folder.appending(path: "bagit/" + bag.path))
        let problems = try Bag.validate(files: files)
        let warnings = try Bag.read(files: files).problems.filter { $0.severity == .warning }
        switch bag.suiteClass {
        case "valid": #expect(problems.isEmpty, "\(problems)")
        case "warning":
            #expect(problems.isEmpty, "\(problems)")
            #expect(!warnings.isEmpty)
        default: #expect(!problems.isEmpty)
        }
    }

    @Test func theSuiteIsThere() { #expect(BagCase.all.count == 28) }
}
