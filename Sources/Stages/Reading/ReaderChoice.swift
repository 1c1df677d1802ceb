// Which readers of a protocol get an exam.
//
// Pure. By rotation, whoever had the fewest exams so far comes first; by least load, whoever has the fewest open; the
// order of the protocol breaks ties, so that the same past gives the same choice.

internal import Configuration

/// How much a reader had, and has open.
struct ReaderLoad: Sendable, Equatable {
    let assigned: Int
    let open: Int
}

enum ReaderChoice {
    /// The readers of the first round, in the protocol's order; without the arbiter of a rule that asks them last.
    ///
    /// - Parameter isReading: Whether a reader reads on that day.
    static func readers(
        of reading: ReadingProtocol, load: [String: ReaderLoad], isReading: (String) -> Bool
    ) -> [String] {
        let arbiter = reading.rule.kind == .firstSecondArbiter ? reading.rule.arbiter : nil
        let able = reading.readers.filter { $0 != arbiter && isReading($0) }
        guard let number = reading.number, number < able.count else { return able }
        func rank(_ reader: String) -> Int {
            let load = load[reader] ?? ReaderLoad(assigned: 0, open: 0)
            return reading.assignment == .leastLoad ? load.open : load.assigned
        }
        let order = able.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }
        let chosen = Set(order.prefix(number).map(\.element))
        return able.filter { chosen.contains($0) }
    }
}
