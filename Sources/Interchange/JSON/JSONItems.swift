// JSONItems owns the reading of a JSON drop: one object or an array of them, each judged by itself.
//
// Invariant: a text that is no JSON, or goes beyond JSONLimits, is refused as a whole; what is wrong inside an item
// costs that item alone. One item is in memory as a tree at a time.

package import Radiology

/// The reader of JSON drops.
package enum JSONItems {
    /// The diagnoses of a drop, in order.
    ///
    /// - Throws: When the text as a whole is unreadable or holds no item; the place has line and column.
    package static func diagnoses(
        _ bytes: [UInt8], limits: JSONLimits = .standard
    ) throws(ItemError) -> [Result<Diagnosis, ItemError>] {
        try items(bytes, limits: limits) { node, lines throws(ItemError) in
            try JSONDiagnosis.diagnosis(node, lines)
        }
    }

    /// The requests of a drop, in order. An error has the request's id when that could be read.
    ///
    /// - Throws: As `diagnoses`.
    package static func requests(
        _ bytes: [UInt8], limits: JSONLimits = .standard
    ) throws(ItemError) -> [Result<RequestItem, ItemError>] {
        try items(bytes, limits: limits) { node, lines throws(ItemError) in
            try JSONRequest.request(node, lines)
        }
    }

    /// Reads each item.
    static func items<Item>(
        _ bytes: [UInt8], limits: JSONLimits, _ read: (JSONNode, LineTable) throws(ItemError) -> Item
    ) throws(ItemError) -> [Result<Item, ItemError>] {
        guard bytes.count <= limits.maximumByteCount else {
            throw ItemError(text: "the file is longer than \(limits.maximumByteCount) bytes")
        }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            throw ItemError(text: "the file is in UTF-16; write it in UTF-8")
        }
        var scanner = JSONScanner(bytes, limits: limits)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { scanner.position = 3 }
        var lines = LineTable(bytes)
        var results: [Result<Item, ItemError>] = []
        let isArray = scanner.take("[")
        guard isArray || scanner.next == UInt8(ascii: "{") else {
            throw scanner.fault("this is no JSON object, nor an array of objects")
        }
        if !(isArray && scanner.take("]")) {
            repeat {
                guard results.count < limits.maximumItemCount else {
                    throw scanner.fault("the file holds more than \(limits.maximumItemCount) items")
                }
                scanner.skipSpace()
                lines.advance(to: scanner.position)
                let node = try scanner.item()
                do throws(ItemError) { results.append(.success(try read(node, lines))) } catch {
                    results.append(.failure(error.with(id: error.id ?? id(of: node))))
                }
            } while isArray && scanner.take(",")
            guard !isArray || scanner.take("]") else { throw scanner.fault("expected ',' or ']' here") }
        }
        scanner.skipSpace()
        guard scanner.next == nil else { throw scanner.fault("more stands here, after the end of the JSON text") }
        guard !results.isEmpty else { throw scanner.fault("the array is empty") }
        return results
    }

    /// The id that an item names, when it is one.
    private static func id(of node: JSONNode) -> String? {
        guard case .object(let members) = node.value else { return nil }
        guard case .string(let text) = members.first(where: { $0.key == "id" })?.node.value else { return nil }
        do throws(ItemError) { return try FieldSyntax.requestID(text, at: ItemPlace()) } catch { return nil }
    }
}
