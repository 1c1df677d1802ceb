// A window of a file that moves forwards, so that a long directory costs few reads.

struct FileWindow {
    private static let byteCount = 256 << 10

    private let descriptor: Int32
    private var start: Int64 = 0
    private var bytes: [UInt8] = []

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Exactly `count` bytes at an offset.
    ///
    /// - Throws: `.truncated` when the file ends before them.
    mutating func bytes(at offset: Int64, count: Int) throws(BundleError) -> [UInt8] {
        if offset < start || offset + Int64(count) > start + Int64(bytes.count) {
            bytes = try PositionedRead.bytes(descriptor, count: max(count, Self.byteCount), at: offset)
            start = offset
        }
        let from = Int(offset - start)
        guard from + count <= bytes.count else {
            throw .truncated(text: "\(count) bytes must be there", offset: offset)
        }
        return Array(bytes[from..<(from + count)])
    }
}
