// Zeros to lend for the holes of sparse entries.

enum Zeros {
    static let byteCount = 64 << 10

    /// Never written to after it is made, so that it can be shared.
    nonisolated(unsafe) static let bytes: UnsafeRawBufferPointer = {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: byteCount, alignment: 4096)
        buffer.initializeMemory(as: UInt8.self, repeating: 0)
        return UnsafeRawBufferPointer(buffer)
    }()
}
