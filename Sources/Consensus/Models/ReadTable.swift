// Reads as contiguous arrays, grouped by exam: what the models learn from.
//
// Invariants: ids are ranks (0, 1, 2 …) in the order of the names, and the reads of one exam stand in the order of
// reader and label. So the same reads give the same table, and the same results to the last bit, in whatever order
// they arrived. A read of the same reader, exam and label that is there twice counts twice.

/// All reads of some exams.
package struct ReadTable: Sendable {
    package let examCount: Int
    package let readerCount: Int
    package let labelCount: Int
    /// The reads of exam `e` are `cells[starts[e]..<starts[e + 1]]`.
    package let starts: [UInt32]
    /// Each read as reader × `labelCount` + label.
    package let cells: [UInt32]

    package var readCount: Int { cells.count }

    /// Cells of a table of error rates: one for each reader and label.
    var cellCount: Int { readerCount * labelCount }

    /// Readers × labels × states that a model may hold; more would take more memory than any panel of readers needs.
    package static let mostRates = 64 << 20

    /// Groups reads by exam.
    ///
    /// - Parameters:
    ///   - exams: The exam of each read; below `examCount`.
    ///   - readers: The reader of each read; below `readerCount`.
    ///   - labels: The label of each read; below `labelCount`.
    package init(
        exams: [UInt32], readers: [UInt32], labels: [UInt32], examCount: Int, readerCount: Int, labelCount: Int
    ) {
        precondition(exams.count == readers.count && exams.count == labels.count, "one exam, reader and label a read")
        precondition(exams.count < UInt32.max && readerCount * labelCount < UInt32.max, "reads are counted in 32 bits")
        var ends = [UInt32](repeating: 0, count: examCount + 1)
        for exam in exams { ends[Int(exam) + 1] += 1 }
        for exam in 0..<examCount { ends[exam + 1] += ends[exam] }
        let starts = ends
        var cells = [UInt32](repeating: 0, count: exams.count)
        for read in exams.indices {
            let exam = Int(exams[read])
            cells[Int(ends[exam])] = readers[read] * UInt32(labelCount) + labels[read]
            ends[exam] += 1
        }
        self.init(
            starts: starts, cells: cells, examCount: examCount, readerCount: readerCount, labelCount: labelCount)
    }

    private init(starts: [UInt32], cells: [UInt32], examCount: Int, readerCount: Int, labelCount: Int) {
        self.examCount = examCount
        self.readerCount = readerCount
        self.labelCount = labelCount
        self.starts = starts
        var sorted = cells
        for exam in 0..<examCount { Self.sort(&sorted, Int(starts[exam]), Int(starts[exam + 1])) }
        self.cells = sorted
    }

    /// The places of an exam's reads in `cells`.
    package func reads(of exam: Int) -> Range<Int> { Int(starts[exam])..<Int(starts[exam + 1]) }

    /// A few reads are sorted by insertion, many by the library.
    private static func sort(_ cells: inout [UInt32], _ start: Int, _ end: Int) {
        guard end - start < 32 else { return cells[start..<end].sort() }
        var next = start + 1
        while next < end {
            let cell = cells[next]
            var place = next
            while place > start, cells[place - 1] > cell {
                cells[place] = cells[place - 1]
                place -= 1
            }
            cells[place] = cell
            next += 1
        }
    }

    /// How many reads each exam has of each label: exam × `labelCount` + label.
    func labelCounts() -> [Double] {
        var counts = [Double](repeating: 0, count: examCount * labelCount)
        for exam in 0..<examCount {
            for read in reads(of: exam) { counts[exam * labelCount + Int(cells[read]) % labelCount] += 1 }
        }
        return counts
    }

    /// The table without some reads, and those reads.
    ///
    /// - Parameter isLeftOut: Told the place of a read in `cells`.
    func split(_ isLeftOut: (Int) -> Bool) -> (kept: ReadTable, leftOut: [(exam: Int, cell: Int)]) {
        var kept: [UInt32] = []
        kept.reserveCapacity(readCount)
        var starts: [UInt32] = [0]
        starts.reserveCapacity(examCount + 1)
        var leftOut: [(exam: Int, cell: Int)] = []
        for exam in 0..<examCount {
            for read in reads(of: exam) {
                if isLeftOut(read) { leftOut.append((exam, Int(cells[read]))) } else { kept.append(cells[read]) }
            }
            starts.append(UInt32(kept.count))
        }
        let table = ReadTable(
            starts: starts, cells: kept, examCount: examCount, readerCount: readerCount, labelCount: labelCount)
        return (table, leftOut)
    }
}
