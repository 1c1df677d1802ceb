// Names in a folder: links lead nowhere, renames never replace, trees go as a whole.

import Foundation
import TestSupport
import Testing

@testable import Files

@Suite struct OpenDirectoryTests {
    @Test func linksAreNeverFollowed() throws {
        let folder = try TemporaryFolder()
        let directory = try OpenDirectory.open(folder.path)
        try directory.createFile(FileName("real")).write("x")
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/link", withDestinationPath: "real")
        #expect(throws: FilesError.self) { try directory.openFile(FileName("link")) }
        #expect(try directory.status(of: FileName("link"))?.kind == .symbolicLink)
        #expect(directory.linkTarget(of: FileName("link")) == "real")
    }

    @Test func aRenameNeverReplaces() throws {
        let folder = try TemporaryFolder()
        let directory = try OpenDirectory.open(folder.path)
        try directory.createFile(FileName("a")).write("a")
        try directory.createFile(FileName("b")).write("b")
        #expect(throws: FilesError(operation: "rename", path: folder.path + "/a", code: EEXIST)) {
            try directory.renameNew(FileName("a"), to: directory, as: FileName("b"))
        }
        #expect(try Paths.read(folder.path + "/b") == Array("b".utf8))
    }

    @Test func removingATreeLeavesTheTargetsOfItsLinks() throws {
        let folder = try TemporaryFolder()
        let directory = try OpenDirectory.open(folder.path)
        try directory.createFile(FileName("kept")).write("x")
        try Paths.makeDirectories(folder.path + "/tree/deep")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/tree/deep/link", withDestinationPath: folder.path + "/kept")
        try directory.removeTree(FileName("tree"))
        #expect(try directory.names() == [FileName("kept")])
    }

    @Test func aFifoIsRefusedAndNotWaitedFor() throws {
        let folder = try TemporaryFolder()
        let directory = try OpenDirectory.open(folder.path)
        #expect(mkfifo(folder.path + "/fifo", 0o600) == 0)
        #expect(throws: FilesError.self) { try directory.openFile(FileName("fifo")) }
    }
}
