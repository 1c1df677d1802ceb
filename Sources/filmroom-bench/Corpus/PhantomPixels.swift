// Pixels that look like a body part: a bright round object on a dark field, and the noise of a detector, so that what
// packs and compresses them meets what it is made for.
//
// Pure: size and seed decide every pixel.

/// Makes pixels of 12 bits in 16.
struct PhantomPixels {
    let rows: Int
    let columns: Int
    let seed: UInt64

    /// Of the object, in pixels.
    private var radius: Double { Double(min(rows, columns)) * 0.45 }

    /// Row by row.
    ///
    /// - Precondition: Their number is a multiple of 4.
    func make() -> [UInt16] {
        var noise = PixelNoise(seed: seed)
        let grain = noise.pixels(rows * columns)
        return [UInt16](unsafeUninitializedCapacity: rows * columns) { buffer, filled in
            for row in 0..<rows {
                let y = (Double(row) - Double(rows) / 2) / radius
                for column in 0..<columns {
                    let x = (Double(column) - Double(columns) / 2) / radius
                    let depth = max(0, 1 - x * x - y * y)
                    buffer[filled] = UInt16(200 + 3000 * depth) + UInt16(grain[filled * 2] >> 2)
                    filled += 1
                }
            }
        }
    }
}
