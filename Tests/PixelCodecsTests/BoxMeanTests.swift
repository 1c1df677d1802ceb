// Means of blocks: exact in integers, and the same as means of areas.

import Pixels
import Testing

@testable import PixelCodecs

@Suite struct BoxMeanTests {
    private func words(_ count: Int) -> [UInt16] { (0..<count).map { UInt16(truncatingIfNeeded: $0 &* 40_503 &+ 7) } }

    private func mean(_ values: [Int]) -> Int {
        Int((Double(values.reduce(0, +)) / Double(values.count) + 0.5).rounded(.down))
    }

    @Test(arguments: [(2, 2), (3, 2), (2, 3), (4, 4), (1, 5)])
    func everyBlockHasItsMean(_ factors: (down: Int, across: Int)) throws {
        let (rows, columns) = (factors.down * 5, factors.across * 7)
        let input = words(rows * columns)
        let boxes = try #require(BoxMean(rows: rows, columns: columns, newRows: 5, newColumns: 7))
        for isSigned in [false, true] {
            let found = boxes.words(Words(input), isSigned: isSigned).map { GreyFrame.number($0, isSigned: isSigned) }
            let wanted = (0..<35).map { block in
                mean(
                    (0..<factors.down * factors.across).map { place in
                        let row = block / 7 * factors.down + place / factors.across
                        let column = block % 7 * factors.across + place % factors.across
                        return GreyFrame.number(input[row * columns + column], isSigned: isSigned)
                    })
            }
            #expect(found == wanted)
        }
    }

    @Test func factorsThatAreNotWholeAreNotForIt() {
        #expect(BoxMean(rows: 5, columns: 4, newRows: 2, newColumns: 2) == nil)
        #expect(BoxMean(rows: 600, columns: 600, newRows: 1, newColumns: 1) == nil)
    }

    @Test func paddingNeverComesAboutByAveraging() throws {
        let boxes = try #require(BoxMean(rows: 1, columns: 8, newRows: 1, newColumns: 2))
        let input: [UInt16] = [90, 110, 90, 110, 100, 100, 7, 7]
        #expect(boxes.words(Words(input), isSigned: false, besides: 100...100).map { Int($0) } == [99, 100])
        #expect(BoxMean.outside(0...4, 2) == 5)
        #expect(BoxMean.outside(0xFFF0...0xFFFF, 0xFFFE) == 0xFFEF)
        #expect(BoxMean.outside(10...20, 9) == 9)
    }
}
