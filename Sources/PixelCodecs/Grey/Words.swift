// Words owns 16-bit patterns in the bytes in which they were read, so that a large frame is in memory once.

/// A frame's 16-bit patterns, little endian, on a machine of that order.
struct Words: Sendable {
    private(set) var bytes: [UInt8]

    /// - Parameter bytes: Two a word.
    init(bytes: [UInt8]) {
        precondition(bytes.count % 2 == 0)
        self.bytes = bytes
    }

    /// Zeros.
    init(count: Int) {
        bytes = [UInt8](repeating: 0, count: count * 2)
    }

    init(_ words: some Collection<UInt16>) {
        bytes = [UInt8](unsafeUninitializedCapacity: words.count * 2) { buffer, filled in
            let raw = UnsafeMutableRawBufferPointer(buffer)
            for word in words {
                raw.storeBytes(of: word, toByteOffset: filled, as: UInt16.self)
                filled += 2
            }
        }
    }

    var count: Int { bytes.count / 2 }

    @inline(__always)
    func withWords<Result>(_ body: (UnsafeBufferPointer<UInt16>) -> Result) -> Result {
        bytes.withUnsafeBytes { body($0.bindMemory(to: UInt16.self)) }
    }

    @inline(__always)
    mutating func withMutableWords<Result>(_ body: (UnsafeMutableBufferPointer<UInt16>) -> Result) -> Result {
        bytes.withUnsafeMutableBytes { body($0.bindMemory(to: UInt16.self)) }
    }

    func map<Result>(_ transform: (UInt16) -> Result) -> [Result] {
        withWords { $0.map(transform) }
    }
}
