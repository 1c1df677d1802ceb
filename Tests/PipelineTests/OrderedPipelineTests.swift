// The pipeline: order kept, weight bounded, the first error stops it.

import Foundation
import Testing

@testable import Pipeline

private final class Item: @unchecked Sendable {
    let number: Int
    init(_ number: Int) { self.number = number }
}

private final class Log: @unchecked Sendable {
    private let lock = NSLock()
    private var numbers: [Int] = []
    func add(_ number: Int) { lock.withLock { numbers.append(number) } }
    var all: [Int] { lock.withLock { numbers } }
}

private struct Broken: Error {}

@Suite struct OrderedPipelineTests {
    @Test func deliversInOrderWhateverTheWorkTakes() throws {
        let log = Log()
        let pipeline = OrderedPipeline<Item>(
            threads: 4, weightLimit: 8, work: { if $0.number % 3 == 0 { usleep(500) } },
            deliver: { log.add($0.number) })
        for number in 0..<500 { try pipeline.submit(Item(number), weight: 1) }
        try pipeline.drain()
        pipeline.close()
        #expect(log.all == Array(0..<500))
    }

    @Test func theFirstErrorComesBackAndNothingMoreIsDelivered() {
        let log = Log()
        let pipeline = OrderedPipeline<Item>(
            threads: 2, weightLimit: 4, work: { _ in },
            deliver: { item in
                if item.number == 5 { throw Broken() }
                log.add(item.number)
            })
        #expect(throws: Broken.self) {
            for number in 0..<100 { try pipeline.submit(Item(number), weight: 1) }
            try pipeline.drain()
        }
        pipeline.close()
        #expect(log.all == Array(0..<5))
    }
}
