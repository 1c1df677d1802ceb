// Lists as sha256sum writes and checks them.

import Foundation
import Testing

@testable import Bundles

struct ChecksumListTests {
    private static let a = String(repeating: "a1", count: 32)
    private static let b = String(repeating: "B2", count: 32)

    private func list(_ text: String) -> ChecksumList { ChecksumList(Array(text.utf8)) }

    @Test func textAndBinaryMarksAndComments() {
        let list = list("# made by us\n\(Self.a)  STUDY/IM1\n\n\(Self.b) *./IM 2\r\n# end 2\n")
        #expect(list.entries.map(\.pathText) == ["STUDY/IM1", "IM 2"])
        #expect(list.entries[0].digest == [UInt8](repeating: 0xA1, count: 32))
        #expect(list.entries[1].digest == [UInt8](repeating: 0xB2, count: 32))
        #expect(list.hasEnd && list.declaredCount == 2 && list.problems.isEmpty && list.isWhole)
    }

    @Test func escapedNames() {
        let list = list("\\\(Self.a)  a\\nb\\\\c\\rd\n\(Self.a)  e\\f\n# end 2\n")
        #expect(list.entries.map(\.path) == [Array("a\nb\\c\rd".utf8), Array("e\\f".utf8)])
        #expect(list.isWhole)
    }

    @Test(arguments: ["", "x  a\n", "\(a)", "# end 1\n"])
    func whatIsNotWhole(_ text: String) {
        #expect(!list(text).isWhole)
        #expect(!list("\(Self.a)  z\n" + text).isWhole || text == "# end 1\n")
    }

    @Test func anUnfinishedUploadIsNotWhole() {
        let text = Array("\(Self.a)  a\n\(Self.b)  b\n# end 2\n".utf8)
        for length in 0..<(text.count - 1) { #expect(!ChecksumList(Array(text[..<length])).isWhole, "\(length)") }
        #expect(ChecksumList(Array(text[..<(text.count - 1)])).isWhole)
    }

    @Test func problemsHaveTheirLine() {
        #expect(
            list("\(Self.a)  ok\nrubbish\n# end 1\n").problems.map(\.description) == ["line 2: not a line of sha256sum"]
        )
        #expect(
            list("\(Self.a)  a\n\(Self.b)  ./a\n# end 2\n").problems.first?.text.contains("different digests") == true)
        #expect(list("\(Self.a)  ../a\n# end 1\n").problems.first?.text.contains("climbs out") == true)
        #expect(list("# end 1\n\(Self.a)  a\n").problems.first?.text == "a line behind the end line")
        #expect(list("\(Self.a)  a\n# end 2\n").problems.first?.text == "the end line says 2 files, 1 are listed")
        #expect(list("\(Self.a)  a\n# end -1\n").hasEnd == false)
    }

    @Test func sizesAreBounded() {
        let limits = ChecksumList.Limits(byteCount: 100, entries: 1)
        #expect(!ChecksumList(Array(repeating: 0x0A, count: 101), limits: limits).problems.isEmpty)
        let junk = list(String(repeating: "junk\n", count: 10_000))
        #expect(junk.problems.count == 100)
    }

    @Test func sortedByBytesAndReadBack() throws {
        let digest = [UInt8](repeating: 7, count: 32)
        let names = ["b", "a\nb", "a", "é", "Z", "a\\"]
        let entries = names.map { ChecksumEntry(path: Array($0.utf8), digest: digest) }
        let read = ChecksumList(ChecksumList.text(of: entries))
        #expect(read.isWhole)
        #expect(read.entries.map { String(decoding: $0.path, as: UTF8.self) } == ["Z", "a", "a\nb", "a\\", "b", "é"])
    }

    @Test func coreutilsAgrees() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "list-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { rmdirAll(folder) }
        var entries: [ChecksumEntry] = []
        for name in ["plain", "line\nfeed", "back\\slash", "carriage\rreturn", "sp ace"] {
            try Data(name.utf8).write(to: folder.appending(path: name))
            let digester = Digester(.sha256)
            digester.update(Array(name.utf8))
            entries.append(ChecksumEntry(path: Array(name.utf8), digest: digester.finish()))
        }
        let printed = try run("LC_ALL=C sha256sum *", in: folder)
        #expect(ChecksumList.text(of: entries, isEnded: false) == printed)
        #expect(ChecksumList(printed).entries.count == 5)
        let digester = Digester(.sha256)
        digester.update(printed)
        #expect(ChecksumList.digest(of: entries) == digester.finish())
        try Data(ChecksumList.text(of: entries)).write(to: folder.appending(path: "list"))
        #expect(try run("sha256sum -c --quiet list && echo good", in: folder) == Array("good\n".utf8))
    }

    private func rmdirAll(_ folder: URL) {
        do { try FileManager.default.removeItem(at: folder) } catch { Issue.record(error) }
    }

    private func run(_ command: String, in folder: URL) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = ["-c", command]
        process.currentDirectoryURL = folder
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Array(output)
    }
}
