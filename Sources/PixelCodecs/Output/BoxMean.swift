// BoxMean owns the reduction of rasters by whole factors: each pixel of the output is the mean of a block, summed in
// integers, so that it is exact and fast. Halves round upwards.

/// The reducer by whole factors.
struct BoxMean {
    let columns: Int
    let newRows: Int
    let newColumns: Int
    let down: Int
    let across: Int

    /// Sums of a block stay below 2³².
    private static let maximumBlock = 1 << 16

    /// - Returns: nil when a factor is not whole, or a block too large.
    init?(rows: Int, columns: Int, newRows: Int, newColumns: Int) {
        guard rows % newRows == 0, columns % newColumns == 0 else { return nil }
        down = rows / newRows
        across = columns / newColumns
        guard down * across <= Self.maximumBlock else { return nil }
        self.columns = columns
        self.newRows = newRows
        self.newColumns = newColumns
    }

    private var block: UInt32 { UInt32(down * across) }

    /// Reduces interleaved channels.
    func bytes(_ samples: [UInt8], channels: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: newRows * newColumns * channels) { output, filled in
            samples.withUnsafeBufferPointer { reduce($0, channels: channels, flip: 0, into: output) }
            filled = newRows * newColumns * channels
        }
    }

    /// Reduces 16-bit patterns.
    ///
    /// - Parameter isSigned: Turning the sign bit over puts signed numbers in the order of their patterns, and back.
    func words(_ words: Words, isSigned: Bool) -> Words {
        var reduced = Words(count: newRows * newColumns)
        reduced.withMutableWords { output in
            words.withWords { reduce($0, channels: 1, flip: isSigned ? 0x8000 : 0, into: output) }
        }
        return reduced
    }

    @inline(__always)
    private func reduce<Sample: FixedWidthInteger & UnsignedInteger>(
        _ input: UnsafeBufferPointer<Sample>, channels: Int, flip: Sample,
        into output: UnsafeMutableBufferPointer<Sample>
    ) {
        let width = columns * channels
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: width) { line in
            for row in 0..<newRows {
                line.update(repeating: 0)
                for source in row * down..<(row + 1) * down {
                    let samples = UnsafeBufferPointer(rebasing: input[source * width..<(source + 1) * width])
                    for index in 0..<width { line[index] &+= UInt32(truncatingIfNeeded: samples[index] ^ flip) }
                }
                let from = row * newColumns * channels
                let target = UnsafeMutableBufferPointer(rebasing: output[from..<from + newColumns * channels])
                if channels == 1, across == 2 {
                    halve(line, flip, target)
                } else {
                    gather(line, channels, flip, target)
                }
            }
        }
    }

    /// Sums pairs of a line of sums.
    @inline(__always)
    private func halve<Sample: FixedWidthInteger>(
        _ line: UnsafeMutableBufferPointer<UInt32>, _ flip: Sample, _ output: UnsafeMutableBufferPointer<Sample>
    ) {
        let half = block / 2
        if down == 2 {
            for column in 0..<newColumns {
                let sum = line[2 * column] &+ line[2 * column + 1] &+ 2
                output[column] = Sample(truncatingIfNeeded: sum &>> 2) ^ flip
            }
        } else {
            for column in 0..<newColumns {
                let sum = line[2 * column] &+ line[2 * column + 1] &+ half
                output[column] = Sample(truncatingIfNeeded: sum / block) ^ flip
            }
        }
    }

    @inline(__always)
    private func gather<Sample: FixedWidthInteger>(
        _ line: UnsafeMutableBufferPointer<UInt32>, _ channels: Int, _ flip: Sample,
        _ output: UnsafeMutableBufferPointer<Sample>
    ) {
        let half = block / 2
        for column in 0..<newColumns {
            for channel in 0..<channels {
                var sum = half
                for offset in 0..<across { sum &+= line[(column * across + offset) * channels + channel] }
                output[column * channels + channel] = Sample(truncatingIfNeeded: sum / block) ^ flip
            }
        }
    }
}
