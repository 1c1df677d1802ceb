// Which column of a file of reads holds what.
//
// Owns the header: `exam,reader,label` or `task,worker,label`, in any order, with other columns between them.

/// The places of the three columns.
struct ReadsColumns {
    /// Columns in all.
    let count: Int
    let exam: Int
    let reader: Int
    let label: Int

    static let wanted = "the header has the columns exam,reader,label (or task,worker,label), in any order"
    static let mostColumns = 100

    /// - Returns: What is wrong with the header, when it is.
    static func make(_ names: [String]) -> Result<ReadsColumns, Problem> {
        guard names.count <= mostColumns else { return .failure(Problem(text: "\(names.count) columns; \(wanted)")) }
        var places: [Int] = []
        for spellings in [["exam", "task"], ["reader", "worker"], ["label"]] {
            let found = names.indices.filter { spellings.contains(names[$0]) }
            guard found.count == 1 else {
                let name = spellings.joined(separator: " or ")
                let what = found.isEmpty ? "there is no column \(name)" : "there are \(found.count) columns \(name)"
                return .failure(Problem(text: "\(what); \(wanted)"))
            }
            places.append(found[0])
        }
        return .success(ReadsColumns(count: names.count, exam: places[0], reader: places[1], label: places[2]))
    }

    struct Problem: Error { let text: String }
}
