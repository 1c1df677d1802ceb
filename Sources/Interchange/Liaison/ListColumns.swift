// The columns of the lists of entries and exams that are linked without a site: which stands where, in any order.
//
// Pure.

/// The header of a list.
struct ListColumns: Sendable {
    /// The place of each wanted column, in the order in which they were wanted; -1 for one that is not there.
    let places: [Int]
    /// Columns in all.
    let count: Int

    private static let mostColumns = 100

    /// - Parameters:
    ///   - required: Columns that must be there.
    ///   - optional: Columns that may be.
    init(
        _ line: UnsafeRawBufferPointer, file: String, required: [String], optional: [String]
    ) throws(ItemError) {
        let names = String(decoding: line, as: UTF8.self).split(separator: ",", omittingEmptySubsequences: false)
            .map { $0.trimmingPrefix("\u{FEFF}").trimmingQuotes }
        let wanted = required + optional
        func fault(_ text: String) -> ItemError {
            ItemError(
                place: ItemPlace(line: 1), text: "\(file): \(text); the columns are \(wanted.joined(separator: ","))")
        }
        guard names.count <= Self.mostColumns else { throw fault("\(names.count) columns") }
        if let double = Dictionary(grouping: names, by: { $0 }).first(where: { $0.value.count > 1 })?.key {
            throw fault("there are two columns \(Quoted.text(double))")
        }
        if let missing = required.first(where: { !names.contains($0) }) {
            throw fault("there is no column \(Quoted.text(missing))")
        }
        if let unknown = names.first(where: { !wanted.contains($0) }) {
            throw fault("\(Quoted.text(unknown)) is no column of it\(Nearest.hint(unknown, among: wanted))")
        }
        places = wanted.map { names.firstIndex(of: $0) ?? -1 }
        count = names.count
    }
}

extension Substring {
    fileprivate var trimmingQuotes: String {
        var text = self
        while text.last == "\r" { text.removeLast() }
        guard text.count > 1, text.first == "\"", text.last == "\"" else { return String(text) }
        return String(text.dropFirst().dropLast())
    }
}
