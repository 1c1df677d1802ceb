// By what a drop is known to be whole.
//
// Pure. An attested drop is whole when every digest matches; an unattested one when it has settled, its archive ends
// as it should and every DICOM file parses to its end.

package import Bundles
package import Files

/// What a drop has to match before any of it counts.
package enum DropExpectation: Sendable {
    /// One file with this digest.
    case file(SHA256Digest)
    /// A folder with these files.
    case folder([[UInt8]: SHA256Digest])
    /// A BagIt bag with this payload, by path; what of it is known to be missing or damaged, and why it is not whole
    /// whatever its payload is, nil when it may be.
    case bag(payload: [[UInt8]: BagItem], missing: [MissingPiece], unfinished: String?)
    /// Nothing is attested; the drop has settled.
    case settled
    /// A person has released it from quarantine: it is taken as it is.
    case released(wasAttested: Bool)

    package var isAttested: Bool {
        switch self {
        case .settled: false
        case .released(let wasAttested): wasAttested
        case .file, .folder, .bag: true
        }
    }
}

extension DropExpectation {
    /// Whether a file of a folder is part of the drop. What its attestation does not name is another drop, that comes later.
    func includes(_ path: RelativePath) -> Bool {
        guard case .folder(let expected) = self else { return true }
        return expected[path.bytes] != nil
    }

    /// What a folder lacks, in the order of the paths.
    ///
    /// - Parameter present: The paths that are there.
    func missing(besides present: Set<[UInt8]>) -> [MissingPiece] {
        switch self {
        case .folder(let expected):
            expected.keys.filter { !present.contains($0) }.sorted { $0.lexicographicallyPrecedes($1) }
                .map { MissingPiece(path: $0, reason: "it is not there") }
        case .bag(_, let missing, _): missing.sorted { $0.path.lexicographicallyPrecedes($1.path) }
        case .file, .settled, .released: []
        }
    }
}

/// What a drop lacks of being whole.
package struct MissingPiece: Sendable, Equatable {
    /// The path's bytes, as `rsync --files-from` takes them.
    package let path: [UInt8]
    package let reason: String
}
