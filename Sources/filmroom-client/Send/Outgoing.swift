// A drop before it goes: its name, its files, its digest and its attestation.
//
// Invariants: the same content gives the same name and the same bytes, so that sending it again is seen to be that.

import Bundles
import Files
import Foundation

/// A drop to be sent.
struct Outgoing {
    let kind: String
    /// Under which it lies in the party's folder.
    let name: String
    /// What the receipt is named for: of the file; of a folder, of its list.
    let digest: SHA256Digest
    let byteCount: Int64
    /// What it is made of, by the paths that the receipt may name.
    let content: [Content]
    /// What travels besides the attestation, in this order.
    let parcels: [Parcel]
    let attestation: Parcel
    /// Whether it lies there as a folder.
    let isFolder: Bool

    /// One file of it.
    struct Content: Equatable {
        let path: String
        let sha256: String
        let byteCount: Int64
    }

    private static let safe = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")

    /// A name of safe characters: it goes through shells and file systems as it is.
    static func safeName(_ text: String) -> String {
        let name = String(text.map { safe.contains($0) ? $0 : "_" }.prefix(100))
        return name.first.map { ".-".contains($0) } ?? true ? "_" + name : name
    }

    /// One file as it is.
    ///
    /// - Parameter content: What is in it, where it is an archive that was made here.
    static func file(
        _ path: String, kind: String, name: String, digest: SHA256Digest, content: [Content], outbox: Outbox
    ) throws -> Outgoing {
        let size = try OpenFile.read(path).status().byteCount
        let entry = ChecksumEntry(path: Array(name.utf8), digest: digest.bytes)
        let attestation = try outbox.attestation(of: name, text: ChecksumList.text(of: [entry]))
        return Outgoing(
            kind: kind, name: name, digest: digest, byteCount: size, content: content,
            parcels: [Parcel(path: path, name: name, byteCount: size, digest: digest.hex)], attestation: attestation,
            isFolder: false)
    }

    /// A folder, file by file.
    static func folder(_ path: String, kind: String, name: String, content: [Content], outbox: Outbox) throws
        -> Outgoing
    {
        let entries = try content.map { file in
            guard file.path.allSatisfy({ safe.contains($0) || $0 == "/" }) else {
                throw ClientFailure.failed(
                    "\(path)/\(file.path): sent as a folder, names are of letters, digits, '.', '_' and '-'; use --form tar"
                )
            }
            guard let digest = SHA256Digest(hex: file.sha256) else {
                preconditionFailure("a digest made here is one")
            }
            return ChecksumEntry(path: Array(file.path.utf8), digest: digest.bytes)
        }
        guard let digest = SHA256Digest(ChecksumList.digest(of: entries)) else {
            preconditionFailure("SHA-256 has 32 bytes")
        }
        let name = "\(name)-\(digest.short)"
        let attestation = try outbox.attestation(of: name, text: ChecksumList.text(of: entries))
        let parcels = content.map {
            Parcel(path: "\(path)/\($0.path)", name: "\(name)/\($0.path)", byteCount: $0.byteCount, digest: $0.sha256)
        }
        return Outgoing(
            kind: kind, name: name, digest: digest, byteCount: content.reduce(0) { $0 + $1.byteCount },
            content: content, parcels: parcels, attestation: attestation, isFolder: true)
    }

    /// The same with some of its files only.
    func parcels(at paths: Set<String>) -> [Parcel] {
        isFolder ? parcels.filter { paths.contains(String($0.name.dropFirst(name.count + 1))) } : parcels
    }
}
