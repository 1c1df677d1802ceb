// TrailingBytes owns the bytes after the end of a data set: how many, whether they are padding, whether another
// file starts in them. It keeps the first 132 at most.

/// What follows the last element of the root data set.
struct TrailingBytes: Sendable {
    let offset: UInt64
    /// True when anything but zeros makes the file malformed, since the data set was not seen to be complete.
    let isPaddingOnly: Bool
    private(set) var byteCount: UInt64 = 0
    private(set) var isAllZero = true
    private var first: [UInt8] = []

    init(offset: UInt64, isPaddingOnly: Bool) {
        self.offset = offset
        self.isPaddingOnly = isPaddingOnly
    }

    mutating func take(_ bytes: UnsafeRawBufferPointer) {
        byteCount += UInt64(bytes.count)
        if isAllZero, !bytes.allSatisfy({ $0 == 0 }) { isAllZero = false }
        if first.count < 132 { first.append(contentsOf: bytes.prefix(132 - first.count)) }
    }

    /// True when a preamble and the prefix DICM start here: two files were joined.
    var isAnotherFile: Bool {
        first.count == 132 && first[128...].elementsEqual("DICM".utf8)
    }
}
