// A copy of some bytes at a fixed address, lent as long as it lives.

final class Lent {
    private let buffer: UnsafeMutableRawBufferPointer

    init(_ content: [UInt8]) {
        buffer = .allocate(byteCount: content.count, alignment: 16)
        buffer.copyBytes(from: content)
    }

    deinit {
        buffer.deallocate()
    }

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(buffer) }
}
