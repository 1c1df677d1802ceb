// The site's own secret, with which UIDs and pseudonyms of derived instances are made: without it nobody can tell which
// patient or study one stands for by trying all that there are.
//
// A file beside the catalogue, made once and never changed, since every later derivative must fit the earlier ones. It
// is no part of the catalogue, so that a rebuilt one keeps it.

internal import Files

enum SiteSecret {
    private static let byteCount = 32

    /// The site's secret, made where there is none yet.
    ///
    /// - Returns: 64 hexadecimal digits.
    static func load(_ site: SiteContext) throws -> String {
        let path = SiteContext.catalogPath(of: site.configuration, root: site.root)
        let folder = try OpenDirectory.open(Paths.parent(of: path))
        let name = FileName("delivery.secret")
        if try folder.status(of: name) == nil { try make(name, in: folder) }
        let text = String(decoding: try folder.openFile(name).readAll(limit: 4 * byteCount), as: UTF8.self)
        let digits = text.prefix { $0.isHexDigit }
        guard digits.count == 2 * byteCount else {
            throw StageError.unexpected(
                "\(folder.path(of: name)) is not what it was made as: bring it back from a backup; without it what is "
                    + "delivered does not fit what was delivered before")
        }
        return String(digits)
    }

    /// Whole or not at all; of two that do so at once the first one stands.
    private static func make(_ name: FileName, in folder: OpenDirectory) throws {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<byteCount).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        let text = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let temporary = FileName(".delivery.secret.\(text.prefix(8))")
        let file = try folder.createFile(temporary, permissions: 0o600)
        try file.write(text + "\n")
        try file.synchronize()
        do throws(FilesError) { try folder.renameNew(temporary, to: folder, as: name) } catch {
            try folder.removeFile(temporary)
            guard try folder.status(of: name) != nil else { throw error }
        }
        try folder.synchronize()
    }
}
