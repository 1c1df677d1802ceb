// The bytes of a list with its columns, and its parts for several threads.
//
// Borrows the bytes, which must outlive it and do not change.

struct ListFile: @unchecked Sendable {
    let bytes: UnsafeRawBufferPointer
    /// For messages.
    let name: String
    let columns: ListColumns
    /// Where the first line after the header begins.
    private let start: Int

    /// - Parameters:
    ///   - required: Columns that must be there; fields are counted in this order, then in that of `optional`.
    init(
        _ bytes: UnsafeRawBufferPointer, name: String, required: [String], optional: [String]
    ) throws(ItemError) {
        guard bytes.count < LinkLists.mostBytes else {
            throw ItemError(text: "\(name): longer than 4 GB; link it in parts")
        }
        self.bytes = bytes
        self.name = name
        let end = ListLines.end(bytes, from: 0)
        columns = try ListColumns(
            UnsafeRawBufferPointer(rebasing: bytes[..<end]), file: name, required: required, optional: optional)
        start = min(end + 1, bytes.count)
    }

    func field(_ place: Range<Int>) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[place]) }

    /// All lines, in parts that begin and end with a line.
    func parts(_ count: Int) -> [Range<Int>] {
        guard count > 1, !ListLines.hasQuotes(bytes) else { return [start..<bytes.count] }
        var bounds = [start]
        for number in 1..<count {
            let wanted = start + (bytes.count - start) * number / count
            bounds.append(max(bounds[number - 1], min(bytes.count, ListLines.end(bytes, from: wanted) + 1)))
        }
        bounds.append(bytes.count)
        return zip(bounds, bounds.dropFirst()).map { $0..<$1 }
    }
}
