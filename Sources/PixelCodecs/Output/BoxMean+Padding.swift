// Means of blocks in which padding does not count, and never comes about by averaging.

internal import Pixels

extension BoxMean {
    /// Reduces 16-bit patterns beside padding.
    ///
    /// Where padding covers half of a block or more the result is padding.
    func words(_ words: Words, isSigned: Bool, besides padding: ClosedRange<UInt16>) -> Words {
        let flip: UInt16 = isSigned ? 0x8000 : 0
        var reduced = Words(count: newRows * newColumns)
        reduced.withMutableWords { output in
            words.withWords { input in
                withUnsafeTemporaryAllocation(of: UInt32.self, capacity: columns * 2) { lines in
                    for row in 0..<newRows {
                        sum(input, row: row, flip: flip, padding, into: lines)
                        gather(lines, row: row, flip: flip, padding, into: output)
                    }
                }
            }
        }
        return reduced
    }

    /// Sums of what counts, and after them how much that is, column by column.
    @inline(__always)
    private func sum(
        _ input: UnsafeBufferPointer<UInt16>, row: Int, flip: UInt16, _ padding: ClosedRange<UInt16>,
        into lines: UnsafeMutableBufferPointer<UInt32>
    ) {
        let lower = padding.lowerBound
        let span = padding.upperBound &- lower
        lines.update(repeating: 0)
        for source in row * down..<(row + 1) * down {
            for column in 0..<columns {
                let value = input[source * columns + column] ^ flip
                let mask: UInt32 = value &- lower <= span ? 0 : .max
                lines[column] &+= UInt32(value) & mask
                lines[columns + column] &-= mask
            }
        }
    }

    @inline(__always)
    private func gather(
        _ lines: UnsafeMutableBufferPointer<UInt32>, row: Int, flip: UInt16, _ padding: ClosedRange<UInt16>,
        into output: UnsafeMutableBufferPointer<UInt16>
    ) {
        for column in 0..<newColumns {
            var sum: UInt32 = 0
            var count: UInt32 = 0
            for place in column * across..<(column + 1) * across {
                sum &+= lines[place]
                count &+= lines[columns + place]
            }
            let isPadding = Int(count) * 2 <= down * across
            let mean = isPadding ? padding.lowerBound : UInt16((sum + count / 2) / count)
            output[row * newColumns + column] = (isPadding ? mean : Self.outside(padding, mean)) ^ flip
        }
    }

    /// A mean of values on both sides of the padding may fall into it: then the nearest value outside.
    static func outside(_ padding: ClosedRange<UInt16>, _ mean: UInt16) -> UInt16 {
        guard padding.contains(mean) else { return mean }
        let isUpper = padding.upperBound - mean < mean - padding.lowerBound
        if padding.lowerBound == 0 || isUpper && padding.upperBound < .max { return padding.upperBound &+ 1 }
        return padding.lowerBound - 1
    }
}
