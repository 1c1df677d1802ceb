// Makes drops of what lies on this machine: an archive of a folder, a file as it is, a few bytes.

import Files
import Foundation
import Logging
import Pipeline
import Spool

struct DropMaking {
    let outbox: Outbox
    let kind: String
    let logger: Logger

    /// A file as it is.
    func file(_ path: String, name: String) throws -> Outgoing {
        let digest = try LocalFolder.digest(ofFile: path)
        return try Outgoing.file(path, kind: kind, name: name, digest: digest, content: [], outbox: outbox)
    }

    /// A small file that is made here. Its name tells its content.
    func document(_ bytes: [UInt8], stem: String, ending: String) throws -> Outgoing {
        let digest = SHA256.digest(of: bytes)
        let name = "\(Outgoing.safeName(stem))-\(digest.short).\(ending)"
        let path = try outbox.write(bytes, name: name)
        return try Outgoing.file(path, kind: kind, name: name, digest: digest, content: [], outbox: outbox)
    }

    /// A folder, in a form.
    func folder(_ path: String, name: String, form: BundleForm) throws -> Outgoing {
        let files = try LocalFolder.files(path) { !IgnoredNames.contains($0) }
        guard !files.isEmpty else { throw ClientFailure.failed("\(path): no file is in this folder") }
        // A bag's own lists name its paths.
        if form == .folder { return try folder(path, files.map(\.path), name: name) }
        return try bundle(files.map(\.path), below: path, name: name, form: form)
    }

    private func folder(_ path: String, _ files: [String], name: String) throws -> Outgoing {
        let content = try files.map { file in
            Outgoing.Content(
                path: file, sha256: try LocalFolder.digest(ofFile: "\(path)/\(file)").hex,
                byteCount: try OpenFile.read("\(path)/\(file)").status().byteCount)
        }
        return try Outgoing.folder(path, kind: kind, name: name, content: content, outbox: outbox)
    }

    /// An archive of some files of a folder.
    func bundle(_ files: [String], below base: String, name: String, form: BundleForm) throws -> Outgoing {
        guard form != .folder else {
            return try folder(base, files, name: name)
        }
        let total = files.reduce(Int64(0)) { $0 + (Paths.status("\(base)/\($1)")?.byteCount ?? 0) }
        let progress = Progress(title: "making \(name).\(form.rawValue)", total: total, logger: logger)
        defer { progress.finish() }
        let working = "\(outbox.path)/\(name).\(form.rawValue)"
        let made = try BundleMaking(form: form, base: base) { progress.advance($0) }.make(files, to: working)
        let final = "\(name)-\(made.digest.short).\(form.rawValue)"
        try LocalFolder.replace("\(outbox.path)/\(final)", with: working)
        return try Outgoing.file(
            "\(outbox.path)/\(final)", kind: kind, name: final, digest: made.digest, content: made.content,
            outbox: outbox)
    }
}
