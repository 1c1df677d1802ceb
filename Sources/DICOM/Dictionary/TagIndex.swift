// TagIndex owns a binary search over sorted tag numbers. Invariant: the numbers ascend strictly.

/// Sorted tag numbers, searched by halving.
struct TagIndex: Sendable {
    private let numbers: [UInt32]

    init(_ ascending: [UInt32]) {
        precondition(zip(ascending, ascending.dropFirst()).allSatisfy { $0 < $1 }, "tag numbers ascend")
        numbers = ascending
    }

    /// The position of a number; nil when it is not there.
    func line(of number: UInt32) -> Int? {
        numbers.withUnsafeBufferPointer { numbers in
            var low = 0
            var high = numbers.count
            while low < high {
                let middle = (low + high) / 2
                if numbers[middle] < number { low = middle + 1 } else { high = middle }
            }
            return low < numbers.count && numbers[low] == number ? low : nil
        }
    }

    func contains(_ number: UInt32) -> Bool {
        line(of: number) != nil
    }
}
