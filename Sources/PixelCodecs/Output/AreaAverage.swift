// AreaAverage owns the reduction of a raster: each pixel of the output is the mean of the area that it covers, parts of
// pixels counted by their share. Nothing is sharpened and nothing aliases.

internal import Pixels

/// The reducer of rasters.
struct AreaAverage {
    let rows: Int
    let columns: Int
    let newRows: Int
    let newColumns: Int

    /// The share of old positions in one new position.
    private struct Span {
        let first: Int
        let weights: [Double]
    }

    private static func spans(_ old: Int, _ new: Int) -> [Span] {
        let ratio = Double(old) / Double(new)
        return (0..<new).map { index in
            let start = Double(index) * ratio
            let end = min(Double(index + 1) * ratio, Double(old))
            let first = Int(start)
            let last = max(first, min(Int(end.rounded(.up)) - 1, old - 1))
            let weights = (first...last).map { place in
                (min(end, Double(place + 1)) - max(start, Double(place))) / ratio
            }
            return Span(first: first, weights: weights)
        }
    }

    /// Reduces interleaved channels.
    ///
    /// - Parameter load: The value of a sample, by its position.
    /// - Returns: The means, by position in the output.
    @inline(__always)
    private func means(channels: Int, load: (Int) -> Double) -> [Double] {
        let across = Self.spans(columns, newColumns)
        let down = Self.spans(rows, newRows)
        let width = columns * channels
        var line = [Double](repeating: 0, count: width)
        return [Double](unsafeUninitializedCapacity: newRows * newColumns * channels) { output, filled in
            for span in down {
                for index in 0..<width { line[index] = 0 }
                for (offset, weight) in span.weights.enumerated() {
                    let start = (span.first + offset) * width
                    for index in 0..<width { line[index] += weight * load(start + index) }
                }
                for span in across {
                    for channel in 0..<channels {
                        var sum = 0.0
                        for (offset, weight) in span.weights.enumerated() {
                            sum += weight * line[(span.first + offset) * channels + channel]
                        }
                        output[filled] = sum
                        filled += 1
                    }
                }
            }
        }
    }

    /// The way by whole factors, where they are.
    private var boxes: BoxMean? {
        BoxMean(rows: rows, columns: columns, newRows: newRows, newColumns: newColumns)
    }

    /// Reduces 8-bit channels.
    func bytes(_ samples: [UInt8], channels: Int) -> [UInt8] {
        if let boxes { return boxes.bytes(samples, channels: channels) }
        return samples.withUnsafeBufferPointer { samples in
            means(channels: channels) { Double(samples[$0]) }.map { UInt8(min(max($0.rounded(), 0), 255)) }
        }
    }

    /// Reduces stored grey values.
    ///
    /// Padding stays apart: where it covers half of an area or more the result is padding, elsewhere it does not count.
    func grey(_ frame: GreyFrame, padding: FrameDescription.Interval?) -> GreyFrame {
        let values: GreyFrame.Values
        switch frame.values {
        case .narrow(let words, let isSigned):
            values = .narrow(narrow(words, isSigned, padding.map { Self.patterns($0, isSigned) }), isSigned: isSigned)
        case .wide(let numbers, let format):
            let isWhole = format == .uint32 || format == .int32
            values = .wide(means(channels: 1) { numbers[$0] }.map { isWhole ? $0.rounded() : $0 }, format)
        }
        return GreyFrame(rows: newRows, columns: newColumns, values: values)
    }

    /// An interval of stored values as patterns whose order is that of the values.
    private static func patterns(_ padding: FrameDescription.Interval, _ isSigned: Bool) -> ClosedRange<UInt16> {
        let bias = isSigned ? 0x8000 : 0
        let ends = [padding.lower, padding.upper].map { UInt16(min(max(Int($0) + bias, 0), 0xFFFF)) }
        return ends[0]...max(ends[0], ends[1])
    }

    private func narrow(_ words: Words, _ isSigned: Bool, _ padding: ClosedRange<UInt16>?) -> Words {
        if let boxes {
            guard let padding else { return boxes.words(words, isSigned: isSigned) }
            return boxes.words(words, isSigned: isSigned, besides: padding)
        }
        let flip: UInt16 = isSigned ? 0x8000 : 0
        return words.withWords { words in
            guard let padding else {
                return Words(means(channels: 1) { Double(words[$0] ^ flip) }.lazy.map { Self.rounded($0) ^ flip })
            }
            let sums = means(channels: 1) { padding.contains(words[$0] ^ flip) ? 0 : Double(words[$0] ^ flip) }
            let shares = means(channels: 1) { padding.contains(words[$0] ^ flip) ? 0 : 1 }
            return Words(
                zip(sums, shares).lazy.map { sum, share in
                    let isPadding = share <= 0.5 + 1e-9
                    let mean = isPadding ? padding.lowerBound : BoxMean.outside(padding, Self.rounded(sum / share))
                    return mean ^ flip
                })
        }
    }

    private static func rounded(_ mean: Double) -> UInt16 {
        UInt16(min(max((mean + 0.5).rounded(.down), 0), 65_535))
    }
}
