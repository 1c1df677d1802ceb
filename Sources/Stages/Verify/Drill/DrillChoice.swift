// Which exams a restore drill takes: by chance, the same for the same seed and archive, and from every facility and tier
// before a second one from any.
//
// Pure. An exam's lot is the SHA-256 over the seed and its key, so that it does not depend on rows or their order.
// Memory: for each facility and tier, as many exams as are asked for.

internal import Catalog
internal import Files

struct DrillChoice {
    private let seed: String
    private let count: Int
    private var groups: [String: [Lot]] = [:]

    private struct Lot {
        let digest: [UInt8]
        let exam: DrillCandidate
    }

    /// - Parameter count: Exams that are chosen at most.
    init(seed: String, count: Int) {
        self.seed = seed
        self.count = count
    }

    mutating func offer(_ exam: DrillCandidate) {
        let lot = Lot(digest: digest(exam.examKey), exam: exam)
        var group = groups["\(exam.tier)/\(exam.facility)", default: []]
        if group.count == count, let last = group.last, !lot.digest.lexicographicallyPrecedes(last.digest) { return }
        let index = group.firstIndex { lot.digest.lexicographicallyPrecedes($0.digest) } ?? group.count
        group.insert(lot, at: index)
        if group.count > count { group.removeLast() }
        groups["\(exam.tier)/\(exam.facility)"] = group
    }

    /// One of each facility and tier, then a second of each, until there are enough.
    var chosen: [DrillCandidate] {
        let order = groups.keys.map { (digest: digest($0), name: $0) }
            .sorted { $0.digest.lexicographicallyPrecedes($1.digest) }.map(\.name)
        var result: [DrillCandidate] = []
        for round in 0..<count {
            for name in order where result.count < count {
                guard let group = groups[name], round < group.count else { continue }
                result.append(group[round].exam)
            }
        }
        return result
    }

    private func digest(_ name: String) -> [UInt8] { SHA256.digest(of: "\(seed)\n\(name)").bytes }
}
