// Noise of 12 bits in 16.
//
// Pure: the same seed gives the same pixels on every machine.

/// A source of pixels.
///
/// - Source: SplitMix64 of Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
struct PixelNoise {
    private var state: UInt64

    private static let twelveBitsOfEach: UInt64 = 0x0FFF_0FFF_0FFF_0FFF

    init(seed: UInt64) {
        state = seed
    }

    /// Pixels of 16 bits, little endian.
    ///
    /// - Parameter count: A multiple of 4.
    mutating func pixels(_ count: Int) -> [UInt8] {
        precondition(count % 4 == 0, "pixels are made four at a time")
        return [UInt8](unsafeUninitializedCapacity: count * 2) { buffer, used in
            let raw = UnsafeMutableRawBufferPointer(buffer)
            for offset in stride(from: 0, to: count * 2, by: 8) {
                raw.storeBytes(of: (next() & Self.twelveBitsOfEach).littleEndian, toByteOffset: offset, as: UInt64.self)
            }
            used = count * 2
        }
    }

    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
