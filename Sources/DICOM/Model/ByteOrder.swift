// ByteOrder owns the turning of binary values from one byte order to the other. Bytes that make no whole unit stay.

/// Byte order of values.
enum ByteOrder {
    /// The bytes with each unit reversed.
    ///
    /// - Parameter unit: Bytes of a unit: 1, 2, 4 or 8.
    static func swapped(_ bytes: [UInt8], unit: Int) -> [UInt8] {
        guard unit > 1 else { return bytes }
        var swapped = bytes
        for start in stride(from: 0, through: bytes.count - unit, by: unit) {
            for index in 0..<unit { swapped[start + index] = bytes[start + unit - 1 - index] }
        }
        return swapped
    }
}
