// RecentHeader owns the header that was read last, so that the frames of one instance, asked for one by one, cost one
// walk over its fragments. It is believed only while the file is the same to its inode, size and times.

internal import Files
internal import Pixels
internal import Synchronization

/// The last header, kept.
final class RecentHeader: Sendable {
    private struct Kept: Sendable {
        let source: PixelSource
        let status: FileStatus
        let header: ImageHeader
    }

    private let kept = Mutex<Kept?>(nil)

    /// - Parameter file: The source, open.
    func header(of source: PixelSource, _ file: SourceFile, limits: PixelLimits) throws(PixelsError) -> ImageHeader {
        if let kept = kept.withLock({ $0 }), kept.source == source, kept.status == file.status {
            return kept.header
        }
        let header = try ImageHeader(try file.header(limits: limits), limits: limits)
        kept.withLock { $0 = Kept(source: source, status: file.status, header: header) }
        return header
    }
}
