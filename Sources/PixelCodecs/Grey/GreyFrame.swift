// GreyFrame owns the stored values of a grey frame, freed of overlay bits and sign extended. Up to 16 bits they stay in
// 16, so that everything after is one table; wider ones are Doubles, which hold 32-bit integers exactly.

internal import Pixels

/// The stored values of a frame.
struct GreyFrame: Sendable {
    enum Values: Sendable {
        /// Bit patterns of UInt16, or of Int16 when signed.
        case narrow(Words, isSigned: Bool)
        /// With the format that they had.
        case wide([Double], SampleFormat)
    }

    let rows: Int
    let columns: Int
    let values: Values

    init(rows: Int, columns: Int, values: Values) {
        self.rows = rows
        self.columns = columns
        self.values = values
    }

    init(_ frame: DecodedFrame, image: ImageDescription) {
        self.init(
            rows: image.rows, columns: image.columns,
            values: frame.sampleByteCount <= 2
                ? .narrow(Self.narrow(frame, isSigned: image.isSigned), isSigned: image.isSigned)
                : Self.wide(frame, isSigned: image.isSigned))
    }

    private static func narrow(_ frame: DecodedFrame, isSigned: Bool) -> Words {
        var words =
            frame.sampleByteCount == 2 ? Words(bytes: frame.bytes) : Words(frame.bytes.lazy.map(UInt16.init))
        let bits = min(frame.bits, frame.sampleByteCount * 8)
        guard bits < 16 || frame.lowBit > 0 else { return words }
        let left = UInt16(max(16 - bits - frame.lowBit, 0))
        let right = UInt16(16 - bits)
        words.withMutableWords { words in
            if isSigned {
                for index in words.indices {
                    words[index] = UInt16(bitPattern: Int16(bitPattern: words[index] &<< left) &>> Int16(right))
                }
            } else {
                for index in words.indices { words[index] = (words[index] &<< left) &>> right }
            }
        }
        return words
    }

    private static func wide(_ frame: DecodedFrame, isSigned: Bool) -> Values {
        let count = frame.bytes.count / frame.sampleByteCount
        return frame.bytes.withUnsafeBytes { bytes in
            switch (frame.sampleByteCount, frame.isFloat) {
            case (8, _):
                .wide((0..<count).map { bytes.loadUnaligned(fromByteOffset: $0 * 8, as: Double.self) }, .float64)
            case (_, true):
                .wide(
                    (0..<count).map { Double(bytes.loadUnaligned(fromByteOffset: $0 * 4, as: Float.self)) }, .float32)
            default:
                .wide(
                    (0..<count).map { index in
                        integer(bytes.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self), frame, isSigned)
                    }, isSigned ? .int32 : .uint32)
            }
        }
    }

    private static func integer(_ pattern: UInt32, _ frame: DecodedFrame, _ isSigned: Bool) -> Double {
        let bits = min(frame.bits, 32)
        let aligned = pattern << UInt32(max(32 - bits - frame.lowBit, 0))
        return isSigned ? Double(Int32(bitPattern: aligned) >> Int32(32 - bits)) : Double(aligned >> UInt32(32 - bits))
    }

    /// The number that a narrow pattern stands for.
    static func number(_ pattern: UInt16, isSigned: Bool) -> Int {
        isSigned ? Int(Int16(bitPattern: pattern)) : Int(pattern)
    }
}
