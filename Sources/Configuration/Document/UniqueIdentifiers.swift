// Reports ids that stand twice in one list.
//
// Owns the message, which names the line of the first. Never compares across lists; parties do that for themselves.

/// A check of the ids of one list.
enum UniqueIdentifiers {
    static func report(_ entries: [(field: Field, id: String)], noun: String) {
        var firstLine: [String: Int] = [:]
        for (field, id) in entries where !id.isEmpty {
            if let line = firstLine[id] {
                field.fail("the \(noun) \"\(id)\" is already declared in line \(line); give each its own id")
            } else {
                firstLine[id] = field.line
            }
        }
    }
}
