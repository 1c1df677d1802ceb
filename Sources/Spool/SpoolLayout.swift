// The folders of a spool, and who has which.
//
// Invariant: what the workers keep to themselves (`active/ deferred/ quarantine/`) is 0700; a party's folders are
// opened component by component and never through a link, since the party may write in them.

package import Files

/// The paths of a site's spool.
package struct SpoolLayout: Sendable {
    /// The `spool/` folder.
    package let path: String

    package static let dropKinds = ["images", "diagnoses", "requests", "reports", "charts", "acks"]
    package static let pickupKinds = [
        "receipts", "worklists", "deliveries", "results", "notices", "invoices", "liaison",
    ]
    package static let privateFolders = ["active", "deferred", "quarantine"]

    package init(path: String) {
        self.path = path
    }

    /// Makes the folders of the spool itself.
    package func make() throws(SpoolError) {
        try SpoolError.wrap { () throws(FilesError) in
            for name in ["incoming", "outbound"] { try Paths.makeDirectories("\(path)/\(name)", permissions: 0o755) }
            for name in Self.privateFolders { try Paths.makeDirectories("\(path)/\(name)", permissions: 0o700) }
        }
    }

    /// Makes the folders of a party where they are missing.
    package func makeFolders(party: String, dropKinds: [String], pickupKinds: [String]) throws(SpoolError) {
        try SpoolError.wrap { () throws(FilesError) in
            for kind in dropKinds {
                try Self.makeFolder("\(path)/incoming/\(party)/\(kind)", outer: 0o755, inner: 0o2770)
            }
            let outbound = "\(path)/outbound/\(party)"
            let isNew = !Paths.exists(outbound)
            for kind in pickupKinds { try Self.makeFolder("\(outbound)/\(kind)", outer: 0o755, inner: 0o2750) }
            // A file that lies in it directly is its party's too: it has the group of the folder.
            if isNew, !pickupKinds.isEmpty { try Paths.setPermissions(outbound, 0o2755) }
        }
    }

    /// Opens `incoming/<party>/<kind>`; nil when it is not there.
    package func openIncoming(party: String, kind: String) throws(SpoolError) -> OpenDirectory? {
        try openBelow(["incoming", party, kind])
    }

    /// Opens `outbound/<party>/<kind>`, or `outbound/<party>` itself where no kind is named.
    package func openOutbound(party: String, kind: String?) throws(SpoolError) -> OpenDirectory {
        try SpoolError.wrap { () throws(FilesError) in
            let root = try OpenDirectory.open(followingLinks: path)
            let outbound = try root.open(FileName("outbound")).open(FileName(party))
            guard let kind else { return outbound }
            try outbound.makeDirectory(FileName(kind), permissions: 0o2750)
            return try outbound.open(FileName(kind))
        }
    }

    /// Opens a folder below `spool/` by its components, following no link; nil when it is not there.
    package func openBelow(_ components: [String]) throws(SpoolError) -> OpenDirectory? {
        do throws(FilesError) {
            var folder = try OpenDirectory.open(followingLinks: path)
            for component in components { folder = try folder.open(FileName(component)) }
            return folder
        } catch {
            if error.isAbsent { return nil }
            throw .system(error)
        }
    }

    /// The names of party folders below `incoming/`.
    package func incomingParties() throws(SpoolError) -> [FileName] {
        guard let incoming = try openBelow(["incoming"]) else { return [] }
        return try SpoolError.wrap { () throws(FilesError) in try incoming.names().sorted() }
    }

    private static func makeFolder(_ path: String, outer: UInt32, inner: UInt32) throws(FilesError) {
        guard !Paths.exists(path) else { return }
        try Paths.makeDirectories(Paths.parent(of: path), permissions: outer)
        try Paths.makeDirectories(path, permissions: inner)
        try Paths.setPermissions(path, inner)
    }
}
