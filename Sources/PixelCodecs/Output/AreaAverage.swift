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

    /// Reduces 8-bit channels.
    func bytes(_ samples: [UInt8], channels: Int) -> [UInt8] {
        samples.withUnsafeBufferPointer { samples in
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
            let means = words.withWords { words in
                meansBesides(padding) { Double(GreyFrame.number(words[$0], isSigned: isSigned)) }
            }
            values = .narrow(
                Words(means.lazy.map { UInt16(truncatingIfNeeded: Int($0.rounded())) }), isSigned: isSigned)
        case .wide(let numbers, let format):
            let isWhole = format == .uint32 || format == .int32
            values = .wide(means(channels: 1) { numbers[$0] }.map { isWhole ? $0.rounded() : $0 }, format)
        }
        return GreyFrame(rows: newRows, columns: newColumns, values: values)
    }

    /// The means of what is no padding.
    @inline(__always)
    private func meansBesides(_ padding: FrameDescription.Interval?, load: (Int) -> Double) -> [Double] {
        guard let padding else { return means(channels: 1, load: load) }
        func counts(_ value: Double) -> Bool { value < padding.lower || value > padding.upper }
        let sums = means(channels: 1) { counts(load($0)) ? load($0) : 0 }
        let shares = means(channels: 1) { counts(load($0)) ? 1 : 0 }
        return zip(sums, shares).map { $1 > 0.5 ? $0 / $1 : padding.lower }
    }
}
