// DecodedFrame owns the samples of one frame as the codec left them, little endian, and what is needed to read them.

/// A frame's samples.
struct DecodedFrame: Sendable {
    var bytes: [UInt8]
    /// 1, 2, 4 or 8.
    let sampleByteCount: Int
    /// Bits of a sample that mean something.
    let bits: Int
    /// Where in its container a sample's lowest bit lies.
    let lowBit: Int
    let isFloat: Bool
    /// True when the samples come plane by plane.
    let isPlanar: Bool
    let model: ColorModel
}
