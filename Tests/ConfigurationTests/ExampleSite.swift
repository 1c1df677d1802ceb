// The default configuration with its examples in force, and one thing changed: what the tests of mistakes start from.
//
// Owns how a test takes the examples out of their comments, as a person does, and how it alters a file. The lines keep
// their numbers. Never touches a disk.

import Configuration
import Testing

/// Texts of a site that is right until something is changed.
struct ExampleSite {
    var texts = Self.defaults.merging(["reading.yaml", "tariff.yaml"].map { ($0, withExamples($0)) }) { $1 }

    /// The files as a new site gets them.
    static let defaults = Dictionary(
        uniqueKeysWithValues: DefaultConfiguration.files.filter { $0.name.hasSuffix(".yaml") }.map {
            ($0.name, $0.text)
        })

    /// A file whose empty lists hold the examples that stand below them in comments.
    private static func withExamples(_ file: String) -> String {
        let lines = (defaults[file] ?? "").split(separator: "\n", omittingEmptySubsequences: false)
        return lines.map { line in
            if line.hasPrefix("#  ") { return String(line.dropFirst()) }
            return line.hasSuffix(": []") && !line.hasPrefix(" ") ? String(line.dropLast(3)) : String(line)
        }.joined(separator: "\n")
    }

    /// The example with the first occurrence of a text in one file replaced.
    static func changing(_ file: String, _ old: String, to new: String) throws -> ExampleSite {
        var site = ExampleSite()
        var text = try #require(site.texts[file])
        let range = try #require(text.firstRange(of: old), "\(file) does not hold \(old)")
        text.replaceSubrange(range, with: new)
        site.texts[file] = text
        return site
    }

    /// The configuration, where there is nothing wrong with it.
    func parsed() throws -> SiteConfiguration { try SiteConfiguration.parse(texts) }

    /// What is wrong, as a command prints it; empty when nothing is.
    func problems() -> [String] {
        do throws(ConfigurationError) {
            _ = try SiteConfiguration.parse(texts)
            return []
        } catch {
            return error.description.split(separator: "\n").map(String.init)
        }
    }
}

/// A mistake in one file, and what must be said about it.
struct Mistake: Sendable, CustomTestStringConvertible {
    let file: String
    let old: String
    let new: String
    /// `line: message`
    let expected: String

    init(_ file: String, _ old: String, to new: String, _ expected: String) {
        self.file = file
        self.old = old
        self.new = new
        self.expected = expected
    }

    var testDescription: String { "\(file): \(new.debugDescription)" }

    /// Whether this mistake, and nothing else, is reported.
    func checkAlone() throws {
        let site = try ExampleSite.changing(file, old, to: new)
        #expect(site.problems() == ["pipelines/\(file):\(expected)"])
    }

    /// Whether this mistake is reported, beside others that follow from it.
    func checkAmongOthers() throws {
        let site = try ExampleSite.changing(file, old, to: new)
        #expect(site.problems().contains("pipelines/\(file):\(expected)"), "\(site.problems())")
    }
}
