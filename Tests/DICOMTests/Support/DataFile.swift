// DataFile owns the reading of test files: fixtures of this package, or a larger collection named by the environment.

import DICOM
import Foundation

/// A file that a test reads.
struct DataFile: Sendable, CustomStringConvertible {
    let name: String
    let url: URL

    var description: String { name }

    func bytes() throws -> [UInt8] {
        Array(try Data(contentsOf: url))
    }

    /// Tests/Fixtures/dicom of this package.
    static let fixtureFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Fixtures/dicom").resolvingSymlinksInPath()

    /// The folder that FILMROOM_DATA names, or the fixtures.
    static let collectionFolder: URL = {
        guard let path = ProcessInfo.processInfo.environment["FILMROOM_DATA"] else { return fixtureFolder }
        return URL(fileURLWithPath: path).resolvingSymlinksInPath()
    }()

    static func fixture(_ name: String) -> DataFile {
        DataFile(name: name, url: fixtureFolder.appendingPathComponent(name))
    }

    /// Every file of the collection that may be DICOM.
    static func collection() throws -> [DataFile] {
        let keys: [URLResourceKey] = [.isRegularFileKey]
        guard let walk = FileManager.default.enumerator(at: collectionFolder, includingPropertiesForKeys: keys) else {
            throw CocoaError(.fileReadNoSuchFile)
        }
        let root = collectionFolder.path + "/"
        var files: [DataFile] = []
        for case let url as URL in walk {
            let name = String(url.path.dropFirst(root.count))
            let isDICOM = ["dicom/", "synthetic/", "evil/dicom_"].contains { name.hasPrefix($0) }
            let isCandidate = isDICOM || collectionFolder == fixtureFolder
            let isText = ["json", "tsv", "md", "txt"].contains(url.pathExtension)
            guard isCandidate, !isText, try url.resourceValues(forKeys: Set(keys)).isRegularFile == true else {
                continue
            }
            files.append(DataFile(name: name, url: url))
        }
        return files.sorted { $0.name < $1.name }
    }
}
