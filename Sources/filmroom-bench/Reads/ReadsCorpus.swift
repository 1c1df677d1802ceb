// A file of made-up reads: readers of different skill, four labels of different frequency.
//
// The same numbers give the same bytes on every machine. Written piece by piece.

import Consensus
import Files

struct ReadsCorpus {
    let readCount: Int
    /// Three reads an exam, and one that may have more.
    var examCount: Int { max(1, readCount * 333 / 1000) }
    static let readerCount = 500
    private static let flushAt = 1 << 20
    /// Per mille of exams up to each label.
    private static let frequencies = [550, 800, 920, 1000]

    /// - Returns: The file's size.
    func write(to path: String) throws(BenchError) -> Int64 {
        var random = SplitMix64(seed: 20_261_124)
        let accuracies = (0..<Self.readerCount).map { _ in 550 + random.index(below: 400) }
        return try BenchError.wrap {
            let file = try OpenFile.create(path)
            var text = Array("exam,reader,label\n".utf8)
            for exam in 0..<examCount {
                let drawn = random.index(below: 1000)
                let truth = Self.frequencies.firstIndex { drawn < $0 } ?? 0
                for _ in readCount * exam / examCount..<readCount * (exam + 1) / examCount {
                    let reader = random.index(below: Self.readerCount)
                    let isRight = random.index(below: 1000) < accuracies[reader]
                    let label = isRight ? truth : random.index(below: Self.frequencies.count)
                    text += "e\(exam),r\(reader),\(label)\n".utf8
                }
                guard text.count >= Self.flushAt else { continue }
                try file.write(text)
                text.removeAll(keepingCapacity: true)
            }
            try file.write(text)
            return try file.status().byteCount
        }
    }
}
