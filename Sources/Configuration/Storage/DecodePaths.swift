// Paths and file names of the configuration.
//
// Owns which are refused: those that climb out of the site, and those that no file can have. Never asks the disk.

extension Decode {
    /// Bytes of the longest path.
    static let longestPath = 1024

    /// A path, absolute or relative to the site's root, without `.` and `..`.
    static func path(_ field: Field) -> String? {
        guard let text = text(field) else { return nil }
        let components = text.split(separator: "/", omittingEmptySubsequences: true)
        guard !components.isEmpty, text.utf8.count <= longestPath, !text.contains("\n"),
            !components.contains(where: { $0 == "." || $0 == ".." })
        else {
            return refuse(field, "a path is wanted, absolute or from the site's folder, without . and ..")
        }
        return (text.hasPrefix("/") ? "/" : "") + components.joined(separator: "/")
    }

    /// The name of one file.
    static func fileName(_ field: Field) -> String? {
        guard let text = text(field) else { return nil }
        guard !text.contains("/"), !text.contains("\n"), text.utf8.count <= 255, text != ".", text != ".." else {
            return refuse(field, "the name of a file is wanted, without a folder")
        }
        return text
    }
}
