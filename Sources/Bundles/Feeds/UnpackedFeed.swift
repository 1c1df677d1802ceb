// A zstd, xz or bzip2 stream, unpacked by libarchive's filter.
//
// The filter is named by the caller, never guessed. Each checks its own checksums and its own end.

final class UnpackedFeed: ByteFeed {
    /// Bytes after which every filter knows its own data.
    private static let longestStartByteCount: Int64 = 64

    private let handle: ArchiveHandle
    private let source: any ByteFeed
    private let meter: Meter
    private var isAtEnd = false
    private(set) var offset: Int64 = 0
    /// What stands behind the packed data and is not zeros.
    private(set) var trailing: String?

    init(source: any ByteFeed, filter: BundleFilter, meter: Meter) throws(BundleError) {
        self.source = source
        self.meter = meter
        handle = try ArchiveHandle(feed: source, content: .filtered(filter))
        switch try handle.nextHeader() {
        case .entry where handle.isFiltered: break
        case .entry where source.offset < Self.longestStartByteCount:
            throw .truncated(text: "too short for \(filter.rawValue) data", offset: 0)
        case .entry: throw .damagedArchive(text: "no \(filter.rawValue) data", offset: 0)
        case .end: throw .truncated(text: "there is no \(filter.rawValue) data", offset: 0)
        case .failed(let text), .fatal(let text): throw Damage.error("no \(filter.rawValue) data: \(text)", offset: 0)
        }
    }

    func nextChunk() throws(BundleError) -> UnsafeRawBufferPointer? {
        guard !isAtEnd else { return nil }
        switch try handle.readBlock() {
        case .data(let bytes, _):
            offset += Int64(bytes.count)
            try meter.addInflated(bytes.count)
            return bytes
        case .end:
            isAtEnd = true
            try lookBehind()
            return nil
        case .failed(let text), .fatal(let text):
            isAtEnd = true
            throw Damage.error(text, offset: offset)
        }
    }

    private func lookBehind() throws(BundleError) {
        let rest = source.offset - handle.sourceOffset
        if rest > 0 { trailing = "\(rest) bytes or more follow the packed data" }
        if try source.nextChunk() != nil { trailing = "more bytes follow the packed data" }
    }
}
