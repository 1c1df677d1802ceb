// Attestations: what `sha256sum` prints is read back, what is cut off or wrong is told by its line.

import Foundation
import Testing

@testable import Files
@testable import Spool

@Suite struct ChecksumListTests {
    private let digest = String(repeating: "ab", count: 32)

    private func problem(_ text: String) -> String? {
        do throws(ChecksumList.Problem) {
            _ = try ChecksumList(Array(text.utf8))
            return nil
        } catch {
            return error.description
        }
    }

    @Test func whatSha256sumPrintsIsReadBack() throws {
        let folder = try TemporaryFolder()
        let names = ["plain", "with space", "back\\slash", "new\nline", "山"]
        for name in names { try Paths.write(Array(name.utf8), to: folder.path + "/" + name) }
        let sum = Process()
        let pipe = Pipe()
        sum.executableURL = URL(fileURLWithPath: "/usr/bin/sha256sum")
        sum.arguments = names
        sum.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        sum.standardOutput = pipe
        try sum.run()
        sum.waitUntilExit()
        let printed = [UInt8](pipe.fileHandleForReading.readDataToEndOfFile())
        let list = try ChecksumList(printed + Array("# end \(names.count)\n".utf8))
        #expect(list.entries.map(\.path) == names.map { Array($0.utf8) })
        #expect(list.entries.map(\.digest) == names.map { SHA256.digest(of: $0) })
        let again = list.entries.flatMap { ChecksumLine.text(digest: $0.digest, path: $0.path) }
        #expect(again == printed)
    }

    @Test func binaryMarksAndDotSlashAreTakenOff() throws {
        let list = try ChecksumList(Array("\(digest) *./a/b\n# a remark\n# end 1\n".utf8))
        #expect(list.entries.map(\.path) == [Array("a/b".utf8)])
    }

    @Test func aListWithoutItsEndIsNotWhole() {
        #expect(problem("\(digest)  a\n")?.contains("'# end 1' is missing") == true)
        #expect(problem("\(digest)  a\n# end 1")?.contains("is missing") == true)
        #expect(problem("\(digest)  a\n# end 2\n") == "the last line says 2 files, the list has 1")
    }

    @Test func aWrongLineIsNamed() {
        #expect(problem("\(digest)  a\nabc  b\n# end 2\n")?.hasPrefix("line 2: ") == true)
        #expect(problem("\(digest)  a\n# end two\n")?.hasPrefix("line 2: ") == true)
    }

    @Test func theDigestOfAFolderIsThatOfItsSortedLines() {
        let files = [("b", "1"), ("a", "2")].map { (path: Array($0.0.utf8), digest: SHA256.digest(of: $0.1)) }
        let lines = "\(SHA256.digest(of: "2").hex)  a\n\(SHA256.digest(of: "1").hex)  b\n"
        #expect(ChecksumList.digest(of: files) == SHA256.digest(of: lines))
    }
}
