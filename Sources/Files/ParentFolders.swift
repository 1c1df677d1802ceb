// Opens the folders that paths lie in, component by component and never through a link.
//
// Keeps the last one open, since the files of a folder mostly come one after the other. For one thread.

/// The folders below one folder.
package final class ParentFolders {
    private let root: OpenDirectory
    private var last: (path: RelativePath, folder: OpenDirectory)

    package init(of root: OpenDirectory) {
        self.root = root
        last = (.itself, root)
    }

    /// The folder that a path's last name lies in.
    package func folder(of path: RelativePath) throws(FilesError) -> OpenDirectory {
        let parent = path.parent
        if parent == last.path { return last.folder }
        var folder = root
        for name in parent.components { folder = try folder.open(name) }
        last = (parent, folder)
        return folder
    }

    /// Opens a regular file for reading.
    package func openFile(_ path: RelativePath) throws(FilesError) -> OpenFile {
        guard let name = path.name else { throw FilesError(operation: "open", path: root.path, code: 21) }
        return try folder(of: path).openFile(name)
    }

    /// What stands at a path now; nil when nothing does.
    package func status(of path: RelativePath) throws(FilesError) -> FileStatus? {
        guard let name = path.name else { return nil }
        do throws(FilesError) { return try folder(of: path).status(of: name) } catch {
            if error.isAbsent { return nil }
            throw error
        }
    }
}
