// How many ratings of each label each item has: all that measures of agreement among any raters need.
//
// Pure. A rater who rated an item twice counts as two ratings.

/// Items with their numbers of ratings by label.
package struct RatingCounts: Sendable {
    package let itemCount: Int
    package let labelCount: Int
    /// Item × `labelCount` + label.
    let counts: [Double]

    /// - Parameter counts: One row an item, with one number a label.
    package init(_ rows: [[Int]], labelCount: Int) {
        precondition(rows.allSatisfy { $0.count == labelCount }, "one number for each label")
        itemCount = rows.count
        self.labelCount = labelCount
        counts = rows.flatMap { $0.map(Double.init) }
    }

    /// Exams as items.
    package init(_ table: ReadTable) {
        itemCount = table.examCount
        labelCount = table.labelCount
        counts = table.labelCounts()
    }

    func row(_ item: Int) -> ArraySlice<Double> { counts[item * labelCount..<(item + 1) * labelCount] }

    /// Every item once.
    package var all: [Int] { Array(0..<itemCount) }

    /// The mean over items with two ratings or more of how often two of their ratings agree; nil without such.
    func observedAgreement(_ items: [Int]) -> Double? {
        var sum = 0.0
        var count = 0
        for item in items {
            let ratings = row(item).reduce(0, +)
            guard ratings >= 2 else { continue }
            sum += row(item).reduce(0) { $0 + $1 * ($1 - 1) } / (ratings * (ratings - 1))
            count += 1
        }
        return count == 0 ? nil : sum / Double(count)
    }

    /// The mean share of each label over items with a rating.
    func labelShares(_ items: [Int]) -> [Double] {
        var shares = [Double](repeating: 0, count: labelCount)
        var count = 0.0
        for item in items {
            let ratings = row(item).reduce(0, +)
            guard ratings > 0 else { continue }
            for (label, value) in row(item).enumerated() { shares[label] += value / ratings }
            count += 1
        }
        return shares.map { count > 0 ? $0 / count : 0 }
    }
}
