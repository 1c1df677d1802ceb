// All that is in a folder drop, walked without following a link, in one bounded pass.
//
// Invariants: paths are relative to the drop, sorted by bytes (as LC_ALL=C does); names that are never looked at are
// counted and left out; what is no regular file is listed with its kind and never opened.

package import Files

/// The content of a folder drop at one moment.
package struct FolderListing: Sendable {
    /// A path below the drop's folder.
    package struct Entry: Sendable {
        package let path: RelativePath
        package let status: FileStatus
    }

    package struct Limits: Sendable {
        package let entries: Int
        package let depth: Int

        package init(entries: Int, depth: Int = 100) {
            self.entries = entries
            self.depth = depth
        }
    }

    /// Regular files, and what is neither file nor folder.
    package let entries: [Entry]
    /// How many names were passed over.
    package let ignoredCount: Int
    /// Whether a limit cut the walk off.
    package let isCutOff: Bool
    package let signature: Signature

    /// - Throws: `FilesError` when the folder, or one in it, cannot be read.
    package init(_ folder: OpenDirectory, limits: Limits) throws(FilesError) {
        var walk = Walk(limits: limits)
        try walk.visit(folder, below: .itself, depth: 1)
        entries = walk.entries.sorted { $0.path < $1.path }
        ignoredCount = walk.ignoredCount
        isCutOff = walk.isCutOff
        var signature = Signature()
        for entry in entries {
            signature.add(entry.path)
            signature.add(entry.status)
        }
        self.signature = signature
    }

    /// Bytes of all regular files.
    package var byteCount: Int64 {
        entries.reduce(0) { $0 + ($1.status.kind == .file ? $1.status.byteCount : 0) }
    }
}

private struct Walk {
    let limits: FolderListing.Limits
    var entries: [FolderListing.Entry] = []
    var ignoredCount = 0
    var isCutOff = false

    mutating func visit(_ folder: OpenDirectory, below: RelativePath, depth: Int) throws(FilesError) {
        for name in try folder.names().sorted() {
            if IgnoredNames.contains(name) {
                ignoredCount += 1
                continue
            }
            guard entries.count < limits.entries else {
                isCutOff = true
                return
            }
            guard let status = try folder.status(of: name) else { continue }
            let path = below.appending(name)
            if status.kind != .directory {
                entries.append(FolderListing.Entry(path: path, status: status))
            } else if depth < limits.depth {
                try visit(try folder.open(name), below: path, depth: depth + 1)
            } else {
                isCutOff = true
            }
        }
    }
}
