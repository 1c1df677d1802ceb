// A file's bytes in their order, without seeking: what a tar is read from.

final class ForwardFeed: ByteFeed {
    private let file: FileFeed

    init(_ file: FileFeed) {
        self.file = file
    }

    var offset: Int64 { file.offset }

    func nextChunk() throws(BundleError) -> UnsafeRawBufferPointer? {
        try file.nextChunk()
    }
}
