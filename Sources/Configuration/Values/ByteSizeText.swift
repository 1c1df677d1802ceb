// How amounts of data are written in the configuration: `100GB`, `64KiB`, `1.5TB`, `4096B`.
//
// Invariant: kB, MB, GB, TB and PB are powers of 1000, KiB to PiB powers of 1024. A bare number is bytes.

/// Amounts of data as text.
package enum ByteSizeText {
    /// Bytes of the largest amount.
    package static let largestByteCount = Int64(1) << 60

    private static let bytesOfUnit: [(unit: String, byteCount: Int64)] = [
        ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("TiB", 1 << 40), ("PiB", 1 << 50),
        ("kB", 1000), ("KB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000),
        ("PB", 1_000_000_000_000_000), ("B", 1), ("", 1),
    ]

    /// - Parameter text: Number and unit, without a space between.
    /// - Returns: Bytes; nil when it is no size, negative, too large, or no whole number of bytes.
    package static func byteCount(_ text: String) -> Int64? {
        for (unit, size) in bytesOfUnit where text.hasSuffix(unit) {
            if let number = ExactDecimal(String(text.dropLast(unit.count))), number.unscaled >= 0 {
                return DurationText.whole(number, times: size, upTo: largestByteCount)
            }
        }
        return nil
    }
}
