// The bytes of grey values as `SampleFormat` lays them out.

internal import Pixels

extension GreyFrame {
    /// The format of `bytes`.
    var format: SampleFormat {
        switch values {
        case .narrow(_, let isSigned): isSigned ? .int16 : .uint16
        case .wide(_, let format): format
        }
    }

    /// Little endian.
    var bytes: [UInt8] {
        switch values {
        case .narrow(let words, _): words.bytes
        case .wide(let numbers, let format): Self.bytes(numbers, format)
        }
    }

    private static func bytes(_ numbers: [Double], _ format: SampleFormat) -> [UInt8] {
        switch format {
        case .float64: numbers.withUnsafeBytes(Array.init)
        case .float32: numbers.map { Float($0) }.withUnsafeBytes(Array.init)
        case .int32: numbers.map { Int32($0) }.withUnsafeBytes(Array.init)
        default: numbers.map { UInt32($0) }.withUnsafeBytes(Array.init)
        }
    }

    /// The values after a modality LUT: unsigned, of 16 bits.
    func mapped(by table: LookupTable) -> GreyFrame {
        guard case .narrow(let words, let isSigned) = values else { return self }
        let mapped = words.map { UInt16(table.entry(Double(Self.number($0, isSigned: isSigned)))) }
        return GreyFrame(rows: rows, columns: columns, values: .narrow(Words(mapped), isSigned: false))
    }
}
