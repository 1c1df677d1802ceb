// Codestream owns what a compressed frame's first bytes tell: which family of codec it is for.

/// The kind of a compressed frame.
enum Codestream: Sendable {
    /// JPEG-LS too, which shows itself only later: see `JPEGHeader`.
    case jpeg
    case jpeg2000
    case unknown

    /// - Parameter prefix: The first 12 bytes.
    init(prefix: [UInt8]) {
        self =
            if prefix.starts(with: [0xFF, 0xD8, 0xFF]) {
                .jpeg
            } else if prefix.starts(with: [0xFF, 0x4F, 0xFF, 0x51])
                || prefix.starts(with: [0, 0, 0, 12, 0x6A, 0x50, 0x20, 0x20])
            {
                .jpeg2000
            } else {
                .unknown
            }
    }
}
