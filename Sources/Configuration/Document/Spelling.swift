// Finds the word that somebody probably meant.
//
// Owns the distance between two short words. Bounded: words longer than `longestWord` are not compared.

/// Suggestions for mistyped names.
enum Spelling {
    /// Scalars of the longest word that is compared.
    static let longestWord = 64

    /// Characters from which on a word counts as the beginning of another.
    private static let shortestPrefix = 4

    /// The nearest of the candidates, where one is near enough to be what was meant.
    static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
        guard !word.isEmpty, word.unicodeScalars.count <= longestWord else { return nil }
        let folded = word.lowercased()
        let allowed = min(3, word.unicodeScalars.count / 3)
        let ranked = candidates.filter { $0.unicodeScalars.count <= longestWord }
            .map { (distance: distance(folded, $0.lowercased()), candidate: $0) }
        if word.count >= shortestPrefix, let longer = candidates.first(where: { $0.lowercased().hasPrefix(folded) }) {
            return longer
        }
        let best = ranked.min { ($0.distance, $0.candidate) < ($1.distance, $1.candidate) }
        return best.flatMap { $0.distance <= allowed ? $0.candidate : nil }
    }

    /// `; did you mean "x"?`, or else the candidates, or nothing when there are none.
    static func advice(for word: String, among candidates: some Collection<String>, noun: String) -> String {
        if let near = nearest(to: word, among: candidates) { return "; did you mean \"\(near)\"?" }
        if candidates.isEmpty { return "" }
        return "; \(noun): " + candidates.joined(separator: " ")
    }

    /// How many insertions, removals and exchanges turn one word into the other, a swap of two neighbours counting one.
    static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left.unicodeScalars)
        let right = Array(right.unicodeScalars)
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for row in 0..<left.count {
            var current = [row + 1]
            for column in 0..<right.count {
                let exchanged = previous[column] + (left[row] == right[column] ? 0 : 1)
                var cheapest = min(exchanged, previous[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    cheapest = min(cheapest, beforePrevious[column - 1] + 1)
                }
                current.append(cheapest)
            }
            beforePrevious = previous
            previous = current
        }
        return previous[right.count]
    }
}
