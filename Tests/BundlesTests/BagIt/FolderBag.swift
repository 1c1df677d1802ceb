// A bag in a folder, and one in memory, for tests.

import Bundles
import Foundation

/// A bag of a folder's files.
struct FolderBag: BagFiles {
    let folder: URL

    func list() throws -> [BagFile] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).compactMap { path in
            let values = try FileManager.default.attributesOfItem(atPath: folder.path + "/" + path)
            guard values[.type] as? FileAttributeType == .typeRegular else { return nil }
            return BagFile(path: Array(path.utf8), byteCount: (values[.size] as? NSNumber)?.int64Value ?? 0)
        }
    }

    func read(_ path: [UInt8], _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        let data = try Data(contentsOf: URL(filePath: folder.path + "/" + String(decoding: path, as: UTF8.self)))
        try data.withUnsafeBytes { try body($0) }
    }
}

/// A bag of made-up files.
struct MemoryBag: BagFiles {
    var files: [String: [UInt8]]

    init(_ files: [String: String]) {
        self.files = files.mapValues { Array($0.utf8) }
    }

    func list() -> [BagFile] { files.map { BagFile(path: Array($0.key.utf8), byteCount: Int64($0.value.count)) } }

    func read(_ path: [UInt8], _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        try files[String(decoding: path, as: UTF8.self), default: []].withUnsafeBytes { try body($0) }
    }
}
