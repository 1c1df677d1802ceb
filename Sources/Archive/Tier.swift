// One tier of the archive: a folder on some disk, with a marker file that shows that the disk is there.
//
// Invariant: nothing is written to a tier without its marker, so that an unmounted disk never lets packs land on
// the disk beneath it.

package import Files

/// A place that holds packs.
package struct Tier: Sendable {
    package let name: String
    package let path: String

    /// The marker's name in the tier's folder.
    package static let markerName = ".filmroom-tier"
    /// Where packs are written before they are installed.
    package static let stagingName = ".staging"

    package init(name: String, path: String) {
        self.name = name
        self.path = path
    }

    package var isMounted: Bool { Paths.exists(path + "/" + Self.markerName) }

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
        guard isMounted else { throw .tierNotMounted(name: name, path: path, marker: Self.markerName) }
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
    package func discardStaging(exceptOf live: Set<String>) throws(ArchiveError) {
        guard isMounted, Paths.exists("\(path)/\(Self.stagingName)") else { return }
        try ArchiveError.wrap { () throws(FilesError) in
            let staging = try OpenDirectory.open(followingLinks: path).open(FileName(Self.stagingName))
            for name in try staging.names() {
                let worker = name.text.split(separator: ".", maxSplits: 1).last.map(String.init) ?? ""
                if !live.contains(worker) { try staging.removeTree(name) }
            }
        }
    }

    private static func stagingName(_ drop: String, _ worker: String) -> FileName { FileName("\(drop).\(worker)") }
}
