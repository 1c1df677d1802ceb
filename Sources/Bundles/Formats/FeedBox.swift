// A feed as libarchive's callbacks want it.
//
// A feed's error cannot pass through C: it is kept here, libarchive is told to stop, and the handle
// throws it. Once failed, nothing more is read.

internal import CArchive
import Glibc

final class FeedBox {
    private let feed: any ByteFeed
    private(set) var failure: BundleError?

    init(_ feed: any ByteFeed) {
        self.feed = feed
    }

    private func next() -> UnsafeRawBufferPointer? {
        guard failure == nil else { return nil }
        do throws(BundleError) {
            return try feed.nextChunk()
        } catch {
            failure = error
            return nil
        }
    }

    private static func box(_ data: UnsafeMutableRawPointer?) -> FeedBox? {
        data.map { Unmanaged<FeedBox>.fromOpaque($0).takeUnretainedValue() }
    }

    static let read:
        @convention(c) (
            OpaquePointer?, UnsafeMutableRawPointer?, UnsafeMutablePointer<UnsafeRawPointer?>?
        ) -> la_ssize_t = { _, data, start in
            guard let box = box(data) else { return -1 }
            let chunk = box.next()
            if box.failure != nil { return -1 }
            start?.pointee = chunk?.baseAddress
            return chunk?.count ?? 0
        }

    static let seek: @convention(c) (OpaquePointer?, UnsafeMutableRawPointer?, la_int64_t, Int32) -> la_int64_t = {
        _, data, distance, whence in
        guard let feed = box(data)?.feed, let size = feed.byteCount else { return -1 }
        let base =
            switch whence {
            case SEEK_SET: Int64(0)
            case SEEK_CUR: feed.offset
            default: size
            }
        let (target, isOver) = base.addingReportingOverflow(distance)
        return !isOver && feed.seek(to: target) ? target : -1
    }

    static let skip: @convention(c) (OpaquePointer?, UnsafeMutableRawPointer?, la_int64_t) -> la_int64_t = {
        _, data, count in
        guard let feed = box(data)?.feed, let size = feed.byteCount, count > 0 else { return 0 }
        let step = min(count, max(0, size - feed.offset))
        return feed.seek(to: feed.offset + step) ? step : 0
    }
}
