// Going on with an outbound folder that a worker has left unfinished: what of it is kept, and what is made anew.

package import Bundles
internal import Files

extension OutboundFolder {
    /// Takes files in that lie there already, when all of them are what somebody thinks they are.
    ///
    /// - Returns: Whether they were; if not, none was taken in.
    package func adopt(_ files: [ChecksumEntry]) throws(SpoolError) -> Bool {
        let folders = ParentFolders(of: content)
        return try SpoolError.wrap { () throws(FilesError) in
            for file in files {
                guard let path = RelativePath(bytes: file.path), try folders.status(of: path)?.kind == .file else {
                    return false
                }
                let input = try folders.openFile(path)
                guard try Self.digest(of: input).bytes == file.digest else { return false }
                try input.synchronize()
            }
            take(files)
            return true
        }
    }

    /// Removes a file, or a folder with all that is in it, if it is there.
    ///
    /// - Parameter path: Relative.
    package func remove(_ path: String) throws(SpoolError) {
        try SpoolError.wrap { () throws(FilesError) in
            let parts = path.split(separator: "/").map(String.init)
            var folder = content
            for part in parts.dropLast() {
                guard try folder.status(of: FileName(part))?.kind == .directory else { return }
                folder = try folder.open(FileName(part))
            }
            guard let last = parts.last, try folder.status(of: FileName(last)) != nil else { return }
            try folder.removeTree(FileName(last))
            forget(path)
        }
    }

    /// Removes the files that lie in it directly, and keeps its folders.
    package func removeOwnFiles() throws(SpoolError) {
        try SpoolError.wrap { () throws(FilesError) in
            for name in try content.names() where try content.status(of: name)?.kind != .directory {
                try content.removeTree(name)
                forget(name.text)
            }
        }
    }

    /// Removes all that is in it and was not taken in.
    package func removeOthers() throws(SpoolError) {
        let tops = Set(files.map { $0.path.prefix { $0 != UInt8(ascii: "/") } })
        try SpoolError.wrap { () throws(FilesError) in
            for name in try content.names() where !tops.contains(name.bytes[...]) { try content.removeTree(name) }
        }
    }

    /// Gives it up; nothing appears.
    package func discard() throws(SpoolError) {
        try SpoolError.wrap { () throws(FilesError) in try removeHidden() }
    }
}
