// Where bundles lie until they are received: a hidden folder of the desk.

import Bundles
import Files
import Foundation

/// The folder of what is being sent.
struct Outbox {
    let path: String

    init(desk: String) throws(FilesError) {
        path = "\(desk)/.outbox"
        try Paths.makeDirectories(path, permissions: 0o700)
    }

    /// Writes a small file.
    func write(_ bytes: [UInt8], name: String) throws(FilesError) -> String {
        let target = "\(path)/\(name)"
        try Paths.write(bytes, to: target)
        return target
    }

    func attestation(of name: String, text: [UInt8]) throws(FilesError) -> Parcel {
        let file = "\(name).sha256"
        return Parcel(
            path: try write(text, name: file), name: file, byteCount: Int64(text.count),
            digest: SHA256.digest(of: text).hex)
    }

    /// Removes what was made for a drop that has arrived.
    func clear(_ outgoing: Outgoing) throws(FilesError) {
        for path in [outgoing.attestation.path] + outgoing.parcels.map(\.path) where path.hasPrefix("\(self.path)/") {
            try LocalFolder.remove(path)
        }
    }
}
