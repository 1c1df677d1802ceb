// All packs that lie in a tier, and whatever else does.
//
// Walks folder by folder in the order of names; never follows a link. Used by `verify` and `rebuild`.

internal import Files

/// Something found in a tier.
package enum TierEntry: Sendable {
    /// A file that is where a pack should be, with the digest of its name.
    case pack(path: String, facility: String, digest: String)
    /// A file that is where a report should be, with its party and the digest of its name.
    case report(path: String, party: String, digest: String)
    /// Anything else.
    case stray(path: String)
}

extension Tier {
    /// Calls `body` with everything below the tier's folder but the marker and the staging folder.
    package func forEachEntry(_ body: (TierEntry) throws -> Void) throws {
        try requireMounted()
        try walk(body)
    }

    /// Whether any pack or report lies in the tier's folder, with or without its marker.
    package func holdsPack() throws -> Bool {
        guard Paths.exists(path) else { return false }
        do {
            try walk { entry in
                switch entry {
                case .pack, .report: throw FoundPack()
                case .stray: break
                }
            }
            return false
        } catch is FoundPack {
            return true
        }
    }

    /// Ends a walk at its first pack.
    private struct FoundPack: Error {}

    private func walk(_ body: (TierEntry) throws -> Void) throws {
        let root = try OpenDirectory.open(followingLinks: path)
        for name in try root.names().sorted()
        where ![Self.markerName, Self.stagingName, ownMarker].contains(name.text) {
            try visit(root, name, parts: [], body)
        }
    }

    private func visit(
        _ folder: OpenDirectory, _ name: FileName, parts: [String], _ body: (TierEntry) throws -> Void
    ) throws {
        let path = parts + [name.text]
        guard let status = try folder.status(of: name) else { return }
        if status.kind == .directory, path.count <= Self.packDepth {
            let inner = try folder.open(name)
            for below in try inner.names().sorted() { try visit(inner, below, parts: path, body) }
            return
        }
        let joined = path.joined(separator: "/")
        let digest = PackForm.split(name.text)?.stem ?? ""
        let isPack = status.kind == .file && path.count == Self.packDepth + 1 && SHA256Digest(hex: digest) != nil
        let isReport =
            status.kind == .file && path.count == Self.packDepth && path[1] == ReportPack.folderName
            && joined.hasSuffix(".tar") && SHA256Digest(hex: digest) != nil
        if isReport { return try body(.report(path: joined, party: path[0], digest: digest)) }
        try body(isPack ? .pack(path: joined, facility: path[0], digest: digest) : .stray(path: joined))
    }

    /// Folders above a pack: facility, two digits, study, series.
    private static let packDepth = 4
}
