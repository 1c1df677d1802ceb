// Dawid and Skene's own example: 45 patients, five anaesthetists, the first of whom read thrice.

import Foundation
import Testing

@testable import Consensus

@Suite struct AnaesthesiaTests {
    private func table() throws -> ReadTable {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: folder.appending(path: "Fixtures/consensus/anaesthesia.csv"), encoding: .utf8)
        let rows = text.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
        let numbers = { (field: Substring) in UInt32(field.filter(\.isNumber)).map { $0 - 1 } ?? 0 }
        return ReadTable(
            exams: rows.map { numbers($0[0]) }, readers: rows.map { numbers($0[1]) },
            labels: rows.map { numbers($0[2]) },
            examCount: 45, readerCount: 5, labelCount: 4)
    }

    @Test func publishedValues() throws {
        let learnt = ConsensusModel.dawidSkene.fit(try table(), seed: 1)
        for (prior, published) in zip(learnt.priors, [0.4000, 0.4216, 0.1118, 0.0667]) {
            #expect(abs(prior - published) < 1e-3)
        }
        #expect(learnt.best(35).label == 3)
    }
}
