// Bags that are being written, and what each clause refuses.

import Testing

@testable import Bundles

struct BagTests {
    private static let hello = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"

    private func bag(_ change: (inout [String: String]) -> Void) -> MemoryBag {
        var files = [
            "bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
            "manifest-sha256.txt": "\(Self.hello)  data/IM1\n", "data/IM1": "hello",
        ]
        change(&files)
        return MemoryBag(files)
    }

    private func problems(_ change: (inout [String: String]) -> Void) throws -> [String] {
        try Bag.validate(files: bag(change)).map(\.text)
    }

    @Test func aGoodBagTellsWhatToHash() throws {
        let bag = try Bag.read(files: bag { _ in })
        #expect(bag.isComplete && !bag.isUnfit)
        #expect(bag.algorithms == [.sha256])
        let item = try #require(bag.payload.first)
        #expect(item.pathText == "data/IM1" && item.byteCount == 5)
        #expect(item.mismatch([.sha256: Hex.bytes(of: Array(Self.hello.utf8)) ?? []]) == nil)
        #expect(item.mismatch([.sha256: [0]])?.contains("data/IM1: sha256 is 00") == true)
        #expect(item.mismatch([:])?.contains("not computed") == true)
    }

    @Test func aBagStillBeingSentIsUnfinishedAndNotUnfit() throws {
        for missing in ["data/IM1", "manifest-sha256.txt", "bagit.txt"] {
            let bag = try Bag.read(files: bag { $0[missing] = nil })
            #expect(!bag.isComplete && !bag.isUnfit, "\(missing)")
        }
        let cut = try Bag.read(files: bag { $0["manifest-sha256.txt"] = String(Self.hello.prefix(20)) })
        #expect(!cut.isComplete && !cut.isUnfit)
        #expect(try Bag.read(files: bag { $0["data/IM1"] = nil }).missing == [Array("data/IM1".utf8)])
    }

    @Test func damagedTagFilesAreNamed() throws {
        let info = try Bag.read(
            files: bag {
                $0["bag-info.txt"] = "Contact-Name: A\n"
                $0["tagmanifest-sha256.txt"] = "\(Self.hello)  bag-info.txt\n\(Self.hello)  absent.txt\n"
            })
        #expect(info.damagedTagFiles == [Array("bag-info.txt".utf8)])
        #expect(info.missing == [Array("absent.txt".utf8)])
        let cut = try Bag.read(files: bag { $0["manifest-sha256.txt"] = String(Self.hello.prefix(20)) })
        #expect(cut.damagedTagFiles == [Array("manifest-sha256.txt".utf8)])
        #expect(try Bag.read(files: bag { _ in }).damagedTagFiles.isEmpty)
    }

    @Test func linesOfNamesThatArePassedOverAskForNothing() throws {
        let files = bag {
            $0["manifest-sha256.txt", default: ""] += "\(Self.hello)  data/.DS_Store\n"
            $0["bag-info.txt"] = "Payload-Oxum: 10.2\n"
        }
        #expect(try !Bag.read(files: files).isComplete)
        let bag = try Bag.read(files: files) { $0.contains(UInt8(ascii: "S")) }
        #expect(bag.isComplete, "\(bag.problems)")
        #expect(bag.payload.map(\.pathText) == ["data/IM1"])
    }

    @Test func aChangedFileIsFound() throws {
        #expect(try problems { $0["data/IM1"] = "hellO" }.count == 1)
        #expect(try problems { $0["data/IM2"] = "more" } == ["data/IM2: not in any manifest"])
    }

    @Test(arguments: ["../x", "/etc/passwd", "~/x", "data/../../x", "C:\\x", "\\\\host\\x", "bagit.txt"])
    func pathsOutOfScopeAreUnfit(_ path: String) throws {
        let manifest = try Bag.read(files: bag { $0["manifest-sha256.txt", default: ""] += "\(Self.hello)  \(path)\n" })
        #expect(manifest.isUnfit)
        let fetch = try Bag.read(files: bag { $0["fetch.txt"] = "https://example.org/x - \(path)\n" })
        #expect(fetch.isUnfit)
    }

    @Test func nothingIsFetched() throws {
        let texts = try problems {
            $0["fetch.txt"] = "https://example.org/x 5 data/IM1\n"
            $0["data/IM1"] = nil
        }
        #expect(texts.contains { $0.contains("must be sent") })
        #expect(texts.contains("data/IM1: missing"))
    }

    @Test func percentSignsStandForLineEndsAndThemselves() throws {
        #expect(
            try problems {
                $0["data/IM1"] = nil
                $0["data/a\nb%c"] = "hello"
                $0["manifest-sha256.txt"] = "\(Self.hello)  data/a%0Ab%25c\n"
            } == [])
        #expect(
            try problems {
                $0["bagit.txt"] = "BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n"
                $0["data/IM1"] = nil
                $0["data/%25"] = "hello"
                $0["manifest-sha256.txt"] = "\(Self.hello)  data/%25\n"
            } == [])
    }

    @Test func lineEndsOfAllSystems() throws {
        for end in ["\n", "\r\n", "\r"] {
            let lines = ["\(Self.hello)  data/IM1", "\(Self.hello)\tdata/IM2", "rubbish", ""]
            let texts = try problems {
                $0["data/IM2"] = "hello"
                $0["manifest-sha256.txt"] = lines.joined(separator: end)
            }
            #expect(texts == ["manifest-sha256.txt:3: not a sha256 digest and a path"])
        }
    }

    @Test func theOxumMustBeRight() throws {
        #expect(try problems { $0["bag-info.txt"] = "Payload-Oxum: 5.1\nNote: a\n  b\n" } == [])
        #expect(try problems { $0["bag-info.txt"] = "Payload-Oxum: 5.2\n" }.first?.contains("Payload-Oxum") == true)
        let info = try Bag.read(files: bag { $0["bag-info.txt"] = "Note: a\n  b\nNote: c\n" }).info
        #expect(info.map(\.value) == ["a b", "c"])
    }

    @Test func anUnknownAlgorithmAloneCannotBeChecked() throws {
        let unknown = try problems {
            $0["manifest-sha256.txt"] = nil; $0["manifest-rot13.txt"] = "ab  data/IM1\n"
        }
        #expect(unknown.contains("there is no payload manifest that can be checked"))
    }
}
