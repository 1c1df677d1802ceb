// An .xz stream, refused before its first byte when it asks for too much memory.

final class XZGuard: ByteFeed {
    private let source: any ByteFeed
    private var isChecked = false

    var offset: Int64 { source.offset }

    init(source: any ByteFeed) {
        self.source = source
    }

    func nextChunk() throws(BundleError) -> UnsafeRawBufferPointer? {
        guard let chunk = try source.nextChunk() else { return nil }
        if !isChecked {
            isChecked = true
            try check(chunk)
        }
        return chunk
    }

    private func check(_ chunk: UnsafeRawBufferPointer) throws(BundleError) {
        guard let byteCount = XZHeader.dictionaryByteCount(chunk), byteCount > XZHeader.dictionaryLimit else { return }
        let text = "\(byteCount) bytes of memory needed for xz, at most \(XZHeader.dictionaryLimit) are given"
        throw .limit(.memory, text: text)
    }
}
