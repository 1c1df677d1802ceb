// The rules of style that reading a source can check. Each gives one line for each breach.
//
// Pure: a rule sees one path and one text.

import Foundation

enum Rules {
    static let fileLineLimit = 500
    static let functionLineLimit = 70
    static let headerLineLimit = 12

    /// A file is at most 500 lines.
    static func fileLength(_ path: String, _ text: String) -> [String] {
        let count = text.split(separator: "\n", omittingEmptySubsequences: false).count
        return count > fileLineLimit + 1 ? ["\(path): \(count) lines, at most \(fileLineLimit)"] : []
    }

    /// A function is at most 70 lines, its braces included.
    static func functionLength(_ path: String, _ text: String) -> [String] {
        let lines = SourceText.code(of: text).split(separator: "\n", omittingEmptySubsequences: false)
        return lines.indices.compactMap { start in
            guard lines[start].firstMatch(of: functionStart) != nil, let end = bodyEnd(lines, from: start) else {
                return nil
            }
            let count = end - start + 1
            return count > functionLineLimit ? "\(path):\(start + 1): a function of \(count) lines" : nil
        }
    }

    private nonisolated(unsafe) static let functionStart = /(^|\s)(func\s|init[?(<]|deinit\s|subscript[(<])/

    /// The line of the brace that closes what begins at a line; nil for a declaration without a body.
    private static func bodyEnd(_ lines: [Substring], from start: Int) -> Int? {
        var depth = 0
        var parentheses = 0
        for index in start..<lines.count {
            for character in lines[index] {
                if character == "(" { parentheses += 1 }
                if character == ")" { parentheses -= 1 }
                if character == "{" { depth += 1 }
                if character == "}" { depth -= 1 }
                if character == "}" && depth <= 0 { return depth == 0 ? index : nil }
            }
            if depth == 0 && parentheses == 0 && index > start && lines[index].allSatisfy(\.isWhitespace) { return nil }
        }
        return nil
    }

    /// A file opens with what it owns.
    static func header(_ path: String, _ text: String) -> [String] {
        let comment = text.split(separator: "\n", omittingEmptySubsequences: false).prefix { $0.hasPrefix("//") }
        let says = comment.contains { $0.count > 20 && !$0.hasPrefix("// swift-format-ignore-file") }
        if !says { return ["\(path): does not open with a comment that says what it owns"] }
        return comment.count > headerLineLimit ? ["\(path): opens with \(comment.count) lines of comment"] : []
    }

    /// Errors are neither dropped nor trapped on.
    static func bannedConstructs(_ path: String, _ text: String) -> [String] {
        let code = SourceText.code(of: text)
        let found = code.matches(of: /\b(try[?!]|as!\s|fatalError\()/)
        var breaches = found.map { "\(path): \($0.output.1)" }
        if code.contains(/catch[^}{]*\{\s*\}/) { breaches.append("\(path): empty catch") }
        return breaches
    }

    /// Nothing is left for later in a comment.
    static func leftForLater(_ path: String, _ text: String) -> [String] {
        let words: Set = ["TO" + "DO", "FIX" + "ME", "X" + "XX"]
        guard words.contains(where: { text.utf8.firstRange(of: $0.utf8) != nil }) else { return [] }
        let found = text.split { !$0.isLetter }.map(String.init).filter(words.contains)
        return found.isEmpty ? [] : ["\(path): \(found[0])"]
    }

    /// Files and types are named for what they are.
    static func vagueNames(_ path: String, _ text: String) -> [String] {
        let stem = String((path.split(separator: "/").last ?? "").split(separator: ".").first ?? "")
        let types = SourceText.code(of: text).matches(of: /(struct|class|enum|actor|protocol)\s+([A-Za-z0-9_]+)/)
        let names = [stem] + types.map { String($0.output.2) }
        return names.filter(isVague).map { "\(path): the name \($0) says nothing" }
    }

    private static func isVague(_ name: String) -> Bool {
        ["Utils", "Util", "Utilities", "Helper", "Helpers", "Manager"].contains { name.hasSuffix($0) }
    }

    /// No path of the machine on which a file was written.
    static func machinePaths(_ path: String, _ text: String) -> [String] {
        ["/" + "work/", "/" + "root/", "/" + "opt/", "/" + "home/"].filter { text.utf8.firstRange(of: $0.utf8) != nil }
            .map { "\(path): the path \($0)" }
    }

    static let topLevelNames: Set = [
        ".ci", ".git", ".gitignore", ".swift-format", "LICENSE", "LICENSES", "Package.resolved", "Package.swift",
        "README.md", "Sources", "Tests", "cron", "pipelines", "spool",
    ]

    /// The top level holds what a newcomer looks for, and what a build makes.
    static func topLevel(_ names: [String]) -> [String] {
        names.filter { !topLevelNames.contains($0) && !$0.hasPrefix(".build") && $0 != ".swiftpm" }
            .map { "\($0) does not belong at the top level" }
    }

    /// Each fixture is named in the README beside it.
    static func fixturesNamed(_ folder: String, _ names: [String], readme: String?) -> [String] {
        guard let readme else { return ["\(folder): no README.md that names its fixtures"] }
        return names.filter { $0 != "README.md" && !readme.contains($0) }
            .map { "\(folder)/\($0): not named in README.md" }
    }
}
