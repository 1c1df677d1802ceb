// The names and counts of a protocol that its other keys are checked against.
//
// Owns the decoders of a label, a reader and a number of reads of one protocol.

/// Id, labels, readers and number of a protocol that is being read.
struct ProtocolNames {
    let id: String
    let labels: [String]
    let readers: [String]
    /// Nil means all.
    let number: Int?
    let known: Identifiers

    /// Labels of one protocol, and readers of one exam, at most.
    static let mostNames = 1000

    init(_ reader: KeyedReader, known: Identifiers) {
        let readerID = Decode.reference(to: known.readers, noun: "reader")
        let readers = reader.required("readers", Decode.list(of: readerID, atLeast: 1), else: [])
        id = reader.required("id", Decode.identifier, else: "")
        labels = reader.required("labels", Decode.list(of: Decode.text, atLeast: 2), else: [])
        number = reader.value("number", { Self.number($0, of: readers.count) }, default: Int?.none)
        self.readers = readers
        self.known = known
    }

    /// How many reads an exam gets; at least 1, so that nothing else is said where no reader could be read.
    var readsOfAnExam: Int { max(1, number ?? readers.count) }

    /// A decoder of a number of reads, which may also be one of some words.
    func count(or words: [String: Int]) -> (Field) -> Int? {
        { field in
            if let count = words[field.scalarText ?? ""] { return count }
            let most = readers.isEmpty ? Self.mostNames : readsOfAnExam
            if let count = field.scalarText.flatMap({ Int($0) }), (1...most).contains(count) { return count }
            let others = words.keys.sorted().map { " or `\($0)`" }.joined()
            return Decode.refuse(
                field, "a number of reads from 1 to \(most) is wanted\(others), as an exam gets \(most)")
        }
    }

    /// A decoder of one of the labels.
    var label: (Field) -> String? {
        Decode.reference(to: labels.isEmpty ? nil : Set(labels), noun: "label")
    }

    /// A decoder of a label that says that images cannot be read. It may stand outside `labels`, so that it has no
    /// place in their order; what is nearly one of them is taken for a mistake.
    var technicalLabel: (Field) -> String? {
        { field in
            guard let text = Decode.text(field) else { return nil }
            if labels.contains(text) { return text }
            guard let near = Spelling.nearest(to: text, among: labels) else { return text }
            field.fail("there is no label \"\(text)\"; did you mean \"\(near)\"?")
            return nil
        }
    }

    /// A decoder of labels with the codes that stand for them.
    var codes: (Field) -> [String: [String]]? {
        { field in
            guard let entries = field.entries else {
                return Decode.refuse(field, "a block is wanted, such as {recall: [\"SCT:1234\"]}")
            }
            var codes: [String: [String]] = [:]
            for (key, value) in entries {
                guard let label = label(key) else { continue }
                codes[label] = Decode.list(of: Decode.text, atLeast: 1)(value) ?? []
            }
            return codes
        }
    }

    private static func number(_ field: Field, of readerCount: Int) -> Int?? {
        if field.scalarText == "all" { return .some(nil) }
        let most = readerCount == 0 ? mostNames : readerCount
        guard let number = field.scalarText.flatMap({ Int($0) }), (1...most).contains(number) else {
            return Decode.refuse(field, "`all` or a number from 1 to \(most) is wanted, as \(most) readers are named")
        }
        return .some(number)
    }
}
