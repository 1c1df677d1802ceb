// One report in the archive: a plain tar with `report.json`, the files that came with it, and `drop.json`.
//
// `report.json` says what the report says, and the name, size and SHA-256 of each file; its own SHA-256 names the tar:
// `<party>/reports/<2 hex>/<digest>.tar`. `drop.json` says by which drop it came. All are small and are held whole.

package import Files
internal import Foundation

/// A report's tar, taken apart.
package struct ReportPack: Sendable {
    /// A member of the tar.
    package struct Member: Sendable, Equatable {
        package let name: String
        package let bytes: [UInt8]

        package init(name: String, bytes: [UInt8]) {
            self.name = name
            self.bytes = bytes
        }
    }

    package static let documentName = "report.json"
    package static let dropName = "drop.json"
    package static let folderName = "reports"
    /// Bytes of a report's tar at most.
    package static let byteLimit = 512 << 20

    package let document: [UInt8]
    package let files: [Member]
    package let drop: [UInt8]

    package init(document: [UInt8], files: [Member], drop: [UInt8]) {
        self.document = document
        self.files = files
        self.drop = drop
    }

    /// The digest that names it.
    package var digest: SHA256Digest { SHA256.digest(of: document) }

    /// The tar's bytes; the same content has the same bytes.
    package var bytes: [UInt8] {
        let members =
            [Member(name: Self.documentName, bytes: document)] + files + [Member(name: Self.dropName, bytes: drop)]
        var tar: [UInt8] = []
        for member in members {
            tar += TarHeader.bytes(name: member.name, byteCount: Int64(member.bytes.count))
            tar += member.bytes
            tar += [UInt8](repeating: 0, count: TarHeader.padding(after: Int64(member.bytes.count)))
        }
        return tar + [UInt8](repeating: 0, count: 2 * TarHeader.blockByteCount)
    }

    /// Takes a tar apart that `bytes` made.
    ///
    /// - Throws: `.damagedPack` when it is none.
    package init(_ tar: [UInt8], path: String) throws(ArchiveError) {
        var members: [Member] = []
        var position = 0
        while position + TarHeader.blockByteCount <= tar.count, tar[position] != 0 {
            let header = tar[position..<position + TarHeader.blockByteCount]
            guard let (name, count) = Self.member(header) else {
                throw .damagedPack(path: path, reason: "a tar header at byte \(position) cannot be read")
            }
            position += TarHeader.blockByteCount
            guard count <= tar.count - position else {
                throw .damagedPack(path: path, reason: "\(name) is cut off")
            }
            members.append(Member(name: name, bytes: Array(tar[position..<position + count])))
            position += count + TarHeader.padding(after: Int64(count))
        }
        guard let first = members.first, first.name == Self.documentName, members.count >= 2,
            let last = members.last, last.name == Self.dropName
        else { throw .damagedPack(path: path, reason: "it has no report.json or no drop.json") }
        self.init(document: first.bytes, files: Array(members[1..<members.count - 1]), drop: last.bytes)
    }

    /// Name and size of a member, when the header is one of `TarHeader`.
    private static func member(_ header: ArraySlice<UInt8>) -> (name: String, byteCount: Int)? {
        let start = header.startIndex
        let name = String(decoding: header[start..<start + TarHeader.nameLimit].prefix { $0 != 0 }, as: UTF8.self)
        let digits = String(decoding: header[start + 124..<start + 135], as: UTF8.self)
        guard let count = Int(digits, radix: 8),
            Array(header) == TarHeader.bytes(name: name, byteCount: Int64(count))
        else { return nil }
        return (name, count)
    }
}

extension Tier {
    /// Where a report's tar stands, below the tier's folder.
    package static func reportPath(party: String, digest: SHA256Digest) -> String {
        "\(party)/\(ReportPack.folderName)/\(digest.hex.prefix(2))/\(digest.hex).tar"
    }

    /// The bytes of a report's tar.
    ///
    /// - Throws: `.damagedPack` when it is not there.
    package func reportTar(party: String, digest: SHA256Digest) throws(ArchiveError) -> [UInt8] {
        try requireMounted()
        let below = Self.reportPath(party: party, digest: digest)
        guard Paths.exists(path + "/" + below) else {
            throw .damagedPack(path: path + "/" + below, reason: "the report is missing")
        }
        return try ArchiveError.wrap { () throws(FilesError) in
            try Paths.read(path + "/" + below, limit: ReportPack.byteLimit)
        }
    }

    /// Writes reports and makes them durable.
    ///
    /// - Parameter stamp: Becomes the tars' modification time, which `rebuild` reads back.
    package func install(
        _ reports: [(digest: SHA256Digest, tar: [UInt8])], party: String, staging: OpenDirectory, stamp: PackStamp
    ) throws(ArchiveError) {
        try requireMounted()
        try ArchiveError.wrap { () throws(FilesError) in
            var touched = TouchedFolders(root: try OpenDirectory.open(followingLinks: path))
            for report in reports {
                let name = FileName(report.digest.hex + ".tar")
                try staging.removeFile(name)
                let file = try staging.createFile(name)
                try file.write(report.tar)
                try file.setModified(stamp.receivedAt, nanoseconds: stamp.nanoseconds)
                try file.synchronize()
                let folder = try touched.folder([party, ReportPack.folderName, String(report.digest.hex.prefix(2))])
                try staging.rename(name, to: folder, as: name)
            }
            try touched.synchronize()
        }
    }

    /// Removes a report's tar for good; the caller has an order to delete its exam.
    package func removeReport(party: String, digest: SHA256Digest) throws(ArchiveError) {
        try requireMounted()
        let folder = Paths.parent(of: path + "/" + Self.reportPath(party: party, digest: digest))
        guard Paths.exists(folder) else { return }
        try ArchiveError.wrap { () throws(FilesError) in
            let directory = try OpenDirectory.open(followingLinks: folder)
            try directory.removeFile(FileName(digest.hex + ".tar"))
            try directory.synchronize()
        }
    }
}
