// Folders of a tier on the way to what is put there: made where missing, and made durable once each.

internal import Files

/// The folders that a drop's packs go to, made where missing, and fsynced once each, innermost first.
struct TouchedFolders {
    private let root: OpenDirectory
    private var pending: [String: Int] = [:]

    init(root: OpenDirectory) {
        self.root = root
    }

    mutating func folder(_ names: [String]) throws(FilesError) -> OpenDirectory {
        var current = root
        var path = ""
        for (depth, name) in names.enumerated() {
            if try current.makeDirectory(FileName(name)) { pending[path] = depth }
            current = try current.open(FileName(name))
            path += "/" + name
        }
        pending[path] = names.count
        return current
    }

    func synchronize() throws(FilesError) {
        for (path, _) in pending.sorted(by: { ($0.value, $0.key) > ($1.value, $1.key) }) {
            try OpenDirectory.open(followingLinks: root.path + path).synchronize()
        }
    }
}
