// StoredRange owns the lowest and highest stored value of a frame, padding left out (PS3.3 section C.7.5.1.1.2).

internal import Pixels

extension GreyFrame {
    /// The range of stored values.
    ///
    /// - Parameter padding: Values that do not count; when all are padding, all count.
    func storedRange(without padding: FrameDescription.Interval?) -> ClosedRange<Double> {
        switch values {
        case .narrow(let words, let isSigned): Self.narrowRange(words, isSigned: isSigned, padding)
        case .wide(let numbers, _): Self.wideRange(numbers, padding)
        }
    }

    /// The range of stored values that are no padding; nil when there is none.
    func countedRange(without padding: FrameDescription.Interval?) -> ClosedRange<Double>? {
        guard let padding else { return storedRange(without: nil) }
        guard case .narrow(let words, let isSigned) = values else {
            let range = storedRange(without: padding)
            return range.lowerBound < padding.lower || range.upperBound > padding.upper ? range : nil
        }
        let flip: UInt16 = isSigned ? 0x8000 : 0
        let bias = isSigned ? 0x8000 : 0
        let lower = Int(padding.lower) + bias
        let upper = Int(padding.upper) + bias
        let (low, high) = words.withWords { words in
            var low = Int.max
            var high = Int.min
            for word in words {
                let value = Int(word ^ flip)
                let counts = value < lower || value > upper
                low = min(low, counts ? value : .max)
                high = max(high, counts ? value : .min)
            }
            return (low, high)
        }
        return low <= high ? Double(low - bias)...Double(high - bias) : nil
    }

    private static func narrowRange(
        _ words: Words, isSigned: Bool, _ padding: FrameDescription.Interval?
    ) -> ClosedRange<Double> {
        // Turning the sign bit over puts signed numbers in the order of their patterns.
        let flip: UInt16 = isSigned ? 0x8000 : 0
        guard let padding else {
            let (low, high) = extremes(words, flip: flip)
            return Double(number(low ^ flip, isSigned: isSigned))...Double(number(high ^ flip, isSigned: isSigned))
        }
        var isThere = [Bool](repeating: false, count: 0x10000)
        words.withWords { for word in $0 { isThere[Int(word ^ flip)] = true } }
        let present = isThere.indices.lazy.filter { isThere[$0] }
            .map { Double(number(UInt16($0) ^ flip, isSigned: isSigned)) }
        let counting = present.filter { $0 < padding.lower || $0 > padding.upper }
        let low = counting.first ?? present.first ?? 0
        return low...(counting.last ?? present.last ?? low)
    }

    private static func extremes(_ words: Words, flip: UInt16) -> (UInt16, UInt16) {
        words.withWords { words in
            var low = UInt16.max
            var high = UInt16.min
            for word in words {
                low = min(low, word ^ flip)
                high = max(high, word ^ flip)
            }
            return (low, high)
        }
    }

    private static func wideRange(
        _ numbers: [Double], _ padding: FrameDescription.Interval?
    ) -> ClosedRange<Double> {
        var low = Double.infinity
        var high = -Double.infinity
        for number in numbers where number.isFinite {
            if let padding, number >= padding.lower, number <= padding.upper { continue }
            low = min(low, number)
            high = max(high, number)
        }
        if low <= high { return low...high }
        return padding == nil ? 0...0 : wideRange(numbers, nil)
    }
}
