// How an archive is opened: which feeds lie under libarchive, and which rules go with the format.

struct Opening {
    private static let streamByteCount = 1 << 20
    private static let seekingByteCount = 256 << 10

    let meter: Meter
    /// Whether the source is the bundle itself, whose bytes count as packed ones.
    let isOutermost: Bool

    private var packedMeter: Meter? { isOutermost ? meter : nil }

    /// Opens an archive in a stream, once its form is known.
    func open(_ stream: any ByteFeed, form: BundleForm) throws(BundleError) -> Unpacker {
        guard form.format == .tar else { throw .needsFile(form.format) }
        let (feed, trailing) = try unpacked(stream, filter: form.filter)
        let tail = TailWatch(source: feed, isCompressed: form.filter != .none)
        return Unpacker(rules: TarRules(tail: tail, trailing: trailing), meter: meter) {
            () throws(BundleError) in try ArchiveHandle(feed: tail, content: .archive(.tar))
        }
    }

    /// Opens an archive in a file.
    func open(descriptor: Int32, form: BundleForm) throws(BundleError) -> Unpacker {
        if form.format == .tar { return try open(streamFeed(descriptor), form: form) }
        let rules = try rules(descriptor, format: form.format)
        let packedMeter = packedMeter
        return Unpacker(rules: rules, meter: meter) { () throws(BundleError) in
            let feed = try FileFeed(
                descriptor: descriptor, bufferByteCount: Self.seekingByteCount, meter: packedMeter)
            return try ArchiveHandle(feed: feed, content: .archive(form.format))
        }
    }

    /// A file's bytes in their order.
    func streamFeed(_ descriptor: Int32) throws(BundleError) -> ForwardFeed {
        ForwardFeed(
            try FileFeed(descriptor: descriptor, bufferByteCount: Self.streamByteCount, meter: packedMeter))
    }

    private func unpacked(
        _ stream: any ByteFeed, filter: BundleFilter
    ) throws(BundleError) -> (any ByteFeed, trailing: () -> String?) {
        switch filter {
        case .none: return (stream, { nil })
        case .gzip:
            let feed = GzipFeed(source: stream, meter: meter)
            return (feed, { feed.trailing })
        case .zstd, .xz, .bzip2:
            let guarded = filter == .xz ? XZGuard(source: stream) : stream
            let feed = try UnpackedFeed(source: guarded, filter: filter, meter: meter)
            return (feed, { feed.trailing })
        }
    }

    private func rules(_ descriptor: Int32, format: BundleFormat) throws(BundleError) -> any FormatRules {
        let probe = try FileFeed(descriptor: descriptor, bufferByteCount: 1, meter: nil)
        let size = probe.byteCount ?? 0
        switch format {
        case .zip:
            return ZipRules(
                directory: try ZipDirectory(descriptor: descriptor, fileByteCount: size, meter: meter))
        case .sevenZip: return try SevenZipRules(descriptor: descriptor, fileByteCount: size)
        case .iso9660: return try ISORules(descriptor: descriptor, fileByteCount: size)
        case .tar: preconditionFailure("a tar is opened as a stream")
        }
    }
}
