// By what a drop is known to be whole.
//
// Pure. An attested drop is whole when every digest matches; an unattested one when it has settled, its archive ends
// as it should and every DICOM file parses to its end.

package import Files
package import Spool

/// What a drop has to match before any of it counts.
package enum DropExpectation: Sendable {
    /// One file with this digest.
    case file(SHA256Digest)
    /// A folder with these files.
    case folder([[UInt8]: SHA256Digest])
    /// Nothing is attested; the drop has settled.
    case settled

    package var isAttested: Bool {
        if case .settled = self { return false }
        return true
    }

    /// The expectation of an attestation.
    ///
    /// - Throws: `ChecksumList.Problem` when a file's list does not name just that file.
    package init(_ list: ChecksumList, name: FileName, isFolder: Bool) throws(ChecksumList.Problem) {
        if isFolder {
            self = .folder(Dictionary(list.entries.map { ($0.path, $0.digest) }) { _, last in last })
            return
        }
        guard list.entries.count == 1, let only = list.entries.first else {
            throw ChecksumList.Problem(
                line: nil, text: "it names \(list.entries.count) files; for a file it names that file alone")
        }
        guard only.path == name.bytes else {
            throw ChecksumList.Problem(
                line: 1, text: "it names '\(FileName.text(of: only.path))'; right would be '\(name.text)'")
        }
        self = .file(only.digest)
    }
}

/// What a drop lacks of being whole.
package struct MissingPiece: Sendable, Equatable {
    /// The path's bytes, as `rsync --files-from` takes them.
    package let path: [UInt8]
    package let reason: String
}
