// BitPacking owns the bits of frames of single bits, which follow each other without padding from frame to frame, the
// first in a byte's lowest bit (PS3.5 section 8.1.1).

/// A packer of bits.
struct BitPacking {
    private var open: UInt8 = 0
    private var openCount = 0

    /// The bytes that are full now.
    ///
    /// - Parameter samples: One sample a byte, 0 or 1.
    mutating func packed(_ samples: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(samples.count / 8 + 1)
        for sample in samples {
            open |= (sample & 1) << UInt8(openCount)
            openCount += 1
            guard openCount == 8 else { continue }
            bytes.append(open)
            (open, openCount) = (0, 0)
        }
        return bytes
    }

    /// The last byte, when one has begun.
    mutating func rest() -> [UInt8] {
        defer { (open, openCount) = (0, 0) }
        return openCount > 0 ? [open] : []
    }
}
