// One tier of the archive: a folder on some disk, with a marker file that shows that the disk is there.
//
// Invariant: nothing is written to a tier without its marker, so that an unmounted disk never lets packs land on
// the disk beneath it.

package import Files

/// A place that holds packs.
package struct Tier: Sendable {
    package let name: String
    package let path: String
    /// How packs that come here are kept; those that are here already may be kept otherwise.
    package let form: PackForm
    /// Another file that must be there, by the operator's wish.
    package let ownMarker: String?

    /// The marker's name in the tier's folder.
    package static let markerName = ".filmroom-tier"
    /// Where packs are written before they are installed.
    package static let stagingName = ".staging"

    package init(name: String, path: String, form: PackForm = .plain, ownMarker: String? = nil) {
        self.name = name
        self.path = path
        self.form = form
        self.ownMarker = ownMarker
    }

    package var isMounted: Bool { Paths.exists(path + "/" + Self.markerName) && hasOwnMarker }

    /// Whether the file is there that the operator put on the disk; true when none is asked for.
    package var hasOwnMarker: Bool { ownMarker.map { Paths.exists(path + "/" + $0) } ?? true }

    /// Makes the tier's folder and its marker.
    package func mark() throws(ArchiveError) {
        try ArchiveError.wrap { () throws(FilesError) in
            try Paths.makeDirectories(path)
            let text = "Tier '\(name)' of a Filmroom archive. Without this file the tier counts as not mounted.\n"
            try Paths.write(Array(text.utf8), to: path + "/" + Self.markerName)
        }
    }

    /// - Throws: `.tierNotMounted` when the marker is not there.
    package func requireMounted() throws(ArchiveError) {
        guard isMounted else {
            throw .tierNotMounted(
                name: name, path: path, marker: hasOwnMarker ? Self.markerName : ownMarker ?? Self.markerName)
        }
    }

    /// The staging folder of one drop and worker, made anew and empty.
    ///
    /// - Parameters:
    ///   - drop: The drop's number; what other workers staged of it is removed: they have lost it.
    ///   - worker: The worker's own name.
    package func freshStaging(for drop: String, worker: String) throws(ArchiveError) -> OpenDirectory {
        try requireMounted()
        return try ArchiveError.wrap { () throws(FilesError) in
            let root = try OpenDirectory.open(followingLinks: path)
            try root.makeDirectory(FileName(Self.stagingName))
            let staging = try root.open(FileName(Self.stagingName))
            for name in try staging.names() where name.text.hasPrefix("\(drop).") { try staging.removeTree(name) }
            let own = Self.stagingName(drop, worker)
            try staging.makeDirectory(own)
            return try staging.open(own)
        }
    }

    /// Removes what a worker staged of a drop.
    package func discardStaging(for drop: String, worker: String) throws(ArchiveError) {
        guard isMounted, Paths.exists("\(path)/\(Self.stagingName)") else { return }
        try ArchiveError.wrap { () throws(FilesError) in
            let root = try OpenDirectory.open(followingLinks: path)
            try root.open(FileName(Self.stagingName)).removeTree(Self.stagingName(drop, worker))
        }
    }

    /// Removes what workers that are no more have staged.
    ///
    /// - Parameter prefix: Of the things that were staged; all when it is empty.
    package func discardStaging(of prefix: String = "", exceptOf live: Set<String>) throws(ArchiveError) {
        guard isMounted, Paths.exists("\(path)/\(Self.stagingName)") else { return }
        try ArchiveError.wrap { () throws(FilesError) in
            let staging = try OpenDirectory.open(followingLinks: path).open(FileName(Self.stagingName))
            for name in try staging.names() where name.text.hasPrefix(prefix) {
                let worker = name.text.split(separator: ".", maxSplits: 1).last.map(String.init) ?? ""
                if !live.contains(worker) { try staging.removeTree(name) }
            }
        }
    }

    private static func stagingName(_ drop: String, _ worker: String) -> FileName { FileName("\(drop).\(worker)") }
}
