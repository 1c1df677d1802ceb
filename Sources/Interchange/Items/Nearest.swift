// Nearest owns the guess which known name a mistyped one was meant to be.
//
// Pure. Distance is that of Damerau and Levenshtein in its simple form: letters missing, added, changed, or swapped
// with their neighbour. Long names are not compared at all, so that hostile ones cost nothing.

/// The nearest of some known names.
enum Nearest {
    /// Names longer than this have no near one.
    static let maximumCount = 64

    /// The known name that is closest, if it is close enough to be meant; the first of equals.
    ///
    /// - Returns: nil when more than a third of the letters differ; differences of case alone are always near.
    static func name(to text: String, among known: [String]) -> String? {
        guard text.utf8.count <= maximumCount else { return nil }
        let wanted = Array(text.lowercased())
        var best: (name: String, distance: Int)?
        for name in known {
            let distance = distance(wanted, Array(name.lowercased()))
            guard distance <= max(1, min(wanted.count, name.count) / 3) else { continue }
            if distance < best?.distance ?? Int.max { best = (name, distance) }
        }
        return best?.name
    }

    /// `; did you mean 'label'?`, or nothing.
    static func hint(_ text: String, among known: [String]) -> String {
        name(to: text, among: known).map { "; did you mean '\($0)'?" } ?? ""
    }

    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in 1...left.count {
            var current = [row]
            for column in 1...right.count {
                let change = left[row - 1] == right[column - 1] ? 0 : 1
                var cost = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + change)
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    cost = min(cost, beforeLast[column - 2] + 1)
                }
                current.append(cost)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
