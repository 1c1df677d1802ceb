// What can go wrong with bundles.
//
// Each error says what was found and where. `.damagedEntry` alone lets the reader go on with the next
// entry; after any other the archive is done with. `.source` and `.system` say nothing about the bundle.

/// An error of the bundles.
package enum BundleError: Error, CustomStringConvertible, Sendable {
    /// The content is none of the archive forms that are read.
    case notAnArchive(name: String)
    /// The format can only be read from a file, and the source is a stream.
    case needsFile(BundleFormat)
    /// One entry is bad; `next()` goes on behind it.
    case damagedEntry(path: String, text: String)
    /// The archive ends too early; the offset is in bytes of the source, after decompression for a compressed tar.
    case truncated(text: String, offset: Int64)
    /// Where the format has its end there is something else: it is damaged, or not yet written to its end.
    case noEnd(text: String, offset: Int64)
    /// The archive cannot be read on; the offset is in bytes of the source.
    case damagedArchive(text: String, offset: Int64)
    /// A limit was passed; the text holds the numbers.
    case limit(BundleLimits.Kind, text: String)
    /// Nothing can be listed, because the archive's directory is encrypted.
    case encrypted(text: String)
    /// The caller's own source failed.
    case source(any Error)
    case system(call: String, errno: Int32)

    package var description: String {
        switch self {
        case .notAnArchive(let name): "\(name) is no archive that is read here: zip, tar (gz, zst, xz, bz2), 7z or iso"
        case .needsFile(let format): "\(format) archives can only be read from a file, not from a stream"
        case .damagedEntry(let path, let text): "\(path): \(text)"
        case .truncated(let text, let offset): "the archive is cut off at byte \(offset): \(text)"
        case .noEnd(let text, let offset): "the archive has no proper end at byte \(offset): \(text)"
        case .damagedArchive(let text, let offset): "the archive is damaged at byte \(offset): \(text)"
        case .limit(let kind, let text): "over the limit '\(kind.rawValue)': \(text)"
        case .encrypted(let text): "the archive is encrypted: \(text)"
        case .source(let error): "the bundle cannot be read: \(error)"
        case .system(let call, let errno): "\(call) failed: \(SystemText.text(of: errno))"
        }
    }

    /// Whether it ends the archive that it is about, and says nothing of an archive around it.
    var breaksArchive: Bool {
        switch self {
        case .truncated, .noEnd, .damagedArchive, .encrypted, .notAnArchive, .needsFile: true
        case .damagedEntry, .limit, .source, .system: false
        }
    }

    /// Whether more bytes may put it right: what is still being sent looks like this.
    package var isCut: Bool {
        switch self {
        case .truncated, .noEnd: true
        default: false
        }
    }

    /// Whether the error is about the surroundings (a disk, a descriptor) and may pass by itself.
    package var mayPass: Bool {
        switch self {
        case .source, .system: true
        default: false
        }
    }
}
