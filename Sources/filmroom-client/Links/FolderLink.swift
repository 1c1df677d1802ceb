// A service on this machine, or one whose folders are mounted here.

import Files
import Foundation

/// The spool as a folder.
struct FolderLink: Link {
    let spool: String

    private static let chunkByteCount = 1 << 20

    func list(_ folder: String) throws(LinkFailure) -> [RemoteEntry] {
        do throws(FilesError) {
            let opened = try OpenDirectory.open(followingLinks: "\(spool)/\(folder)")
            var entries: [RemoteEntry] = []
            for name in try opened.names().sorted() {
                guard let status = try opened.status(of: name) else { continue }
                entries.append(
                    RemoteEntry(name: name.text, isFolder: status.kind == .directory, byteCount: status.byteCount))
            }
            return entries
        } catch {
            if error.isAbsent { return [] }
            throw LinkFailure(description: error.description, mayPass: error.mayPass)
        }
    }

    func put(_ parcel: Parcel, into folder: String, onBytes: @escaping (Int) -> Void) throws(LinkFailure) {
        let base = "\(spool)/\(folder)"
        try Self.check(base, folder)
        do throws(FilesError) {
            if !parcel.folder.isEmpty { try Paths.makeDirectories("\(base)/\(parcel.folder)", permissions: 0o775) }
            let target = "\(base)/\(parcel.name)"
            let place = try OpenDirectory.open(followingLinks: Paths.parent(of: target))
            let temporary = FileName(Paths.lastComponent(of: parcel.temporaryName))
            try place.removeFile(temporary)
            let output = try place.createFile(temporary, permissions: 0o664)
            try Self.copy(try OpenFile.read(parcel.path), to: output, onBytes)
            try output.synchronize()
            try place.rename(temporary, to: place, as: FileName(Paths.lastComponent(of: target)))
        } catch {
            throw LinkFailure(description: error.description, mayPass: error.mayPass)
        }
    }

    /// Says it better than the system does: the service makes a folder for each kind that a party may drop.
    private static func check(_ path: String, _ folder: String) throws(LinkFailure) {
        guard !Paths.exists(path) else { return }
        let parts = folder.split(separator: "/")
        throw LinkFailure(
            description: "\(path) is not there: \(parts[1]) may not drop \(parts[2]) there, or is no party of it",
            mayPass: false)
    }

    func get(_ path: String, isFolder: Bool, to target: String, onBytes: @escaping (Int) -> Void) throws(LinkFailure) {
        do throws(FilesError) {
            try Self.copyTree("\(spool)/\(path)", isFolder: isFolder, to: target, onBytes)
        } catch {
            throw LinkFailure(description: error.description, mayPass: error.mayPass)
        }
    }

    private static func copyTree(
        _ source: String, isFolder: Bool, to target: String, _ onBytes: (Int) -> Void
    ) throws(FilesError) {
        guard isFolder else { return try copy(try OpenFile.read(source), to: try OpenFile.create(target), onBytes) }
        try Paths.makeDirectories(target)
        let folder = try OpenDirectory.open(followingLinks: source)
        for name in try folder.names() {
            guard let status = try folder.status(of: name) else { continue }
            try copyTree(
                folder.path(of: name), isFolder: status.kind == .directory, to: "\(target)/\(name.text)", onBytes)
        }
    }

    private static func copy(_ input: OpenFile, to output: OpenFile, _ onBytes: (Int) -> Void) throws(FilesError) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: chunkByteCount, alignment: 4096)
        defer { buffer.deallocate() }
        while case let count = try input.read(into: buffer), count > 0 {
            try output.write(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            onBytes(count)
        }
    }
}
