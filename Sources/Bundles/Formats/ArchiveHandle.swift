// One libarchive reader.
//
// Owns the C handle and frees it. Exactly one format or one filter is switched on, by name: nothing is
// guessed, no program is ever started, and no option is read from the surroundings.

internal import CArchive
import Glibc

final class ArchiveHandle {
    /// What the bytes are.
    enum Content {
        /// An archive without compression around it.
        case archive(BundleFormat)
        /// Compressed bytes of whatever content.
        case filtered(BundleFilter)
    }

    enum Header {
        case entry(warning: String?)
        case end
        case failed(String)
        case fatal(String)
    }

    enum Block {
        case data(UnsafeRawBufferPointer, offset: Int64)
        case end(offset: Int64)
        case failed(String)
        case fatal(String)
    }

    /// Non-ASCII names need a UTF-8 locale: libarchive converts them through the C library.
    private static let hasLocale = setlocale(LC_CTYPE, "C.UTF-8") != nil

    private let archive: OpaquePointer
    private let feed: FeedBox
    private(set) var entry: OpaquePointer?

    /// - Throws: What the feed throws; `.damagedArchive` when the content is not what it was taken for, `.truncated`
    ///   when it ends before that is known.
    init(feed source: any ByteFeed, content: Content) throws(BundleError) {
        guard Self.hasLocale else { throw .system(call: "setlocale(C.UTF-8)", errno: ENOENT) }
        guard let archive = archive_read_new() else { throw .system(call: "archive_read_new", errno: ENOMEM) }
        self.archive = archive
        feed = FeedBox(source)
        guard Self.enable(content, archive) == ARCHIVE_OK else {
            throw .system(call: "libarchive's support for \(content)", errno: ENOSYS)
        }
        let data = Unmanaged.passUnretained(feed).toOpaque()
        archive_read_set_callback_data2(archive, data, 0)
        archive_read_set_read_callback(archive, FeedBox.read)
        if source.byteCount != nil {
            archive_read_set_seek_callback(archive, FeedBox.seek)
            archive_read_set_skip_callback(archive, FeedBox.skip)
        }
        if archive_read_open1(archive) != ARCHIVE_OK {
            let text = errorText
            if let failure = feed.failure { throw failure }
            if case .archive(let format) = content, text.hasPrefix("Unrecognized") {
                throw .damagedArchive(text: "its first bytes are no \(format) header", offset: 0)
            }
            throw Damage.error(text, offset: 0)
        }
    }

    deinit {
        archive_read_free(archive)
    }

    /// libarchive's words for what went wrong last.
    var errorText: String {
        guard let text = archive_error_string(archive) else { return "no reason given" }
        return NameText.escaped(String(cString: text))
    }

    /// Where the last header began, in bytes from the archive's first.
    ///
    /// libarchive forgets it when it gives up; then it is what had been made use of before.
    var headerOffset: Int64 {
        let position = archive_read_header_position(archive)
        return position >= 0 ? position : max(0, archive_filter_bytes(archive, 0))
    }

    /// Whether a filter took the bytes for its own; without one they come as they are.
    var isFiltered: Bool { archive_filter_count(archive) > 1 }

    /// Bytes of the feed that were made use of.
    var sourceOffset: Int64 { archive_filter_bytes(archive, -1) }

    /// Whether the directory of entries itself is encrypted.
    var isDirectoryEncrypted: Bool {
        guard let entry else { return archive_read_has_encrypted_entries(archive) > 0 }
        return archive_entry_is_metadata_encrypted(entry) != 0
    }

    func nextHeader() throws(BundleError) -> Header {
        // libarchive takes a name that it cannot convert for a lack of memory when an old ENOMEM stands there.
        errno = 0
        let status = archive_read_next_header(archive, &entry)
        if let failure = feed.failure { throw failure }
        switch status {
        case ARCHIVE_OK: return .entry(warning: nil)
        case ARCHIVE_WARN: return .entry(warning: errorText)
        case ARCHIVE_EOF: return .end
        case ARCHIVE_FAILED: return .failed(errorText)
        default: return .fatal(errorText)
        }
    }

    /// The next block of the entry, lent until the next call.
    func readBlock() throws(BundleError) -> Block {
        var start: UnsafeRawPointer?
        var count = 0
        var offset: Int64 = 0
        let status = archive_read_data_block(archive, &start, &count, &offset)
        if let failure = feed.failure { throw failure }
        switch status {
        case ARCHIVE_OK: return .data(UnsafeRawBufferPointer(start: start, count: count), offset: offset)
        case ARCHIVE_EOF: return .end(offset: offset)
        case ARCHIVE_FATAL: return .fatal(errorText)
        default: return .failed(errorText)
        }
    }

    /// Skips the rest of the entry.
    ///
    /// - Returns: nil, or what went wrong.
    func skip() throws(BundleError) -> String? {
        let status = archive_read_data_skip(archive)
        if let failure = feed.failure { throw failure }
        return status == ARCHIVE_OK || status == ARCHIVE_EOF || status == ARCHIVE_WARN ? nil : errorText
    }

    private static func enable(_ content: Content, _ archive: OpaquePointer) -> Int32 {
        switch content {
        case .archive(.tar): archive_read_support_format_tar(archive)
        case .archive(.zip): archive_read_support_format_zip_seekable(archive)
        case .archive(.sevenZip): archive_read_support_format_7zip(archive)
        case .archive(.iso9660): archive_read_support_format_iso9660(archive)
        case .filtered(let filter): enable(filter, archive)
        }
    }

    private static func enable(_ filter: BundleFilter, _ archive: OpaquePointer) -> Int32 {
        archive_read_support_format_raw(archive)
        return switch filter {
        case .none: archive_read_support_filter_none(archive)
        case .gzip: archive_read_support_filter_gzip(archive)
        case .zstd: archive_read_support_filter_zstd(archive)
        case .xz: archive_read_support_filter_xz(archive)
        case .bzip2: archive_read_support_filter_bzip2(archive)
        }
    }
}
