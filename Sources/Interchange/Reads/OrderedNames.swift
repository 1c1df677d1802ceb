// Names with their ranks: what the numbers of a table of reads stand for.

/// Different names in an order.
package struct OrderedNames: Sendable {
    private let names: NameTable
    /// The number of the name at each rank.
    private let order: [UInt32]
    /// Whether all are numbers, and go by value.
    package let areNumbers: Bool

    package var count: Int { order.count }

    /// In the order of their bytes.
    init(_ names: NameTable) {
        self.names = names
        order = names.order()
        areNumbers = false
    }

    /// By value when all are numbers, else in the order of their bytes.
    init(labels names: NameTable) {
        self.names = names
        let byBytes = names.order()
        let values = (0..<names.count).map { Self.value(names.text($0)) }
        areNumbers = values.allSatisfy { $0 != nil }
        order = areNumbers ? byBytes.sorted { (values[Int($0)] ?? 0, $0) < (values[Int($1)] ?? 0, $1) } : byBytes
    }

    private static func value(_ text: String) -> Double? {
        guard text.utf8.allSatisfy({ "+-.0123456789".utf8.contains($0) }), let value = Double(text) else { return nil }
        return value.isFinite ? value : nil
    }

    /// Numbers of names as they came, as ranks.
    func ranks(of numbers: [UInt32]) -> [UInt32] {
        var ranks = [UInt32](repeating: 0, count: order.count)
        var isAlreadyOrdered = true
        for rank in order.indices {
            ranks[Int(order[rank])] = UInt32(rank)
            if order[rank] != rank { isAlreadyOrdered = false }
        }
        return isAlreadyOrdered ? numbers : numbers.map { ranks[Int($0)] }
    }

    package func bytes(_ rank: Int) -> ArraySlice<UInt8> { names.bytes(of: Int(order[rank])) }
    package func text(_ rank: Int) -> String { names.text(Int(order[rank])) }
}
