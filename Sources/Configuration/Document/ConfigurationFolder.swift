// Reads the texts of a site's configuration files.
//
// Owns the way to the disk, and the limit on what is read of a file. Bytes
// that are no UTF-8 become U+FFFD, which `Document` refuses. Never writes; never opens what is no regular file.

import Foundation

/// The folder `pipelines/` of a site.
struct ConfigurationFolder {
    /// Files of the folder that are looked at, at most.
    static let mostFiles = 256

    let root: String

    private var folder: String { root + "/" + ConfigurationFile.folder }

    /// The texts of all `.yaml` and `.yml` files, by name; those that are hidden are left out.
    func texts() throws(ConfigurationError) -> [String: String] {
        let names = try names().filter { name in
            !name.hasPrefix(".") && (name.hasSuffix(".yaml") || name.hasSuffix(".yml"))
        }
        guard names.count <= Self.mostFiles else {
            throw .unreadable(
                file: ConfigurationFile.folder, text: "more than \(Self.mostFiles) YAML files are in here")
        }
        var texts: [String: String] = [:]
        for name in names { texts[name] = try text(of: name) }
        return texts
    }

    private func names() throws(ConfigurationError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        } catch {
            throw .unreadable(
                file: ConfigurationFile.folder,
                text: "\(root) holds no such folder that can be read;"
                    + " `filmroom init` makes a site, or give --root the folder of one")
        }
    }

    private func text(of name: String) throws(ConfigurationError) -> String {
        let file = ConfigurationFile.folder + "/" + name
        let bytes: Data
        do {
            let url = URL(fileURLWithPath: folder + "/" + name).resolvingSymlinksInPath()
            let isRegular = try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile ?? false
            guard isRegular else { throw ConfigurationError.unreadable(file: file, text: "this is not a file") }
            let handle = try FileHandle(forReadingFrom: url)
            bytes = try handle.read(upToCount: Document.largestByteCount + 1) ?? Data()
            try handle.close()
        } catch let error as ConfigurationError {
            throw error
        } catch {
            throw .unreadable(file: file, text: "cannot be read: \(error.localizedDescription)")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
