// CSVItemReader owns the reading of a CSV drop in chunks: the header, then a value or an error for each line.
//
// Invariant: columns come in any order, each once, and none that is unknown (contract, section 3). A bad header
// refuses the drop; a bad line is refused alone.

/// An incremental reader of one kind of lines.
package struct CSVItemReader<Item: Sendable>: Sendable {
    /// What a drop of these lines has.
    struct Table: Sendable {
        /// `diagnoses`.
        let name: String
        let columns: [String]
        /// Columns that must be there.
        let required: [String]
        let read: @Sendable (CSVFields) throws(ItemError) -> Item
    }

    private let table: Table
    private let limits: CSVLimits
    private var tokenizer: CSVTokenizer
    private var columns: [String: Int]?
    private var recordCount = 0

    init(_ table: Table, limits: CSVLimits) {
        self.table = table
        self.limits = limits
        tokenizer = CSVTokenizer(limits: limits)
    }

    /// Takes the next bytes of the drop.
    ///
    /// - Returns: The lines that ended in them, in order.
    /// - Throws: When the header is bad or there are too many lines; nothing more can be read then.
    package mutating func read(_ bytes: UnsafeRawBufferPointer) throws(ItemError) -> [Result<Item, ItemError>] {
        var records: [CSVRecord] = []
        try tokenizer.consume(bytes) { records.append($0) }
        return try items(records)
    }

    /// Ends the drop.
    ///
    /// - Returns: The last line, when it had no line end.
    /// - Throws: Also when there was no header, or nothing after it.
    package mutating func finish() throws(ItemError) -> [Result<Item, ItemError>] {
        var records: [CSVRecord] = []
        try tokenizer.finish { records.append($0) }
        let last = try items(records)
        guard columns != nil else { throw ItemError(text: "the file is empty; its first line names the columns") }
        guard recordCount > 0 else { throw ItemError(text: "the file has no line after its header") }
        return last
    }

    private mutating func items(_ records: [CSVRecord]) throws(ItemError) -> [Result<Item, ItemError>] {
        var items: [Result<Item, ItemError>] = []
        for record in records {
            guard let columns else {
                columns = try header(record)
                continue
            }
            recordCount += 1
            guard recordCount <= limits.maximumRecordCount else {
                throw ItemPlace(line: record.line).fault("the file has more than \(limits.maximumRecordCount) lines")
            }
            do throws(ItemError) { items.append(.success(try item(record, columns))) } catch {
                items.append(.failure(error.with(id: id(record, columns))))
            }
        }
        return items
    }

    private func item(_ record: CSVRecord, _ columns: [String: Int]) throws(ItemError) -> Item {
        let fields = try record.fields.get()
        guard fields.count == columns.count else {
            throw ItemPlace(line: record.line).fault(
                "the line has \(fields.count) fields, and the header \(columns.count)")
        }
        return try table.read(CSVFields(line: record.line, columns: columns, fields: fields))
    }

    /// The id that a bad line names, when it is one.
    private func id(_ record: CSVRecord, _ columns: [String: Int]) -> String? {
        guard let index = columns["id"] else { return nil }
        do throws(ItemError) {
            let fields = try record.fields.get()
            guard fields.count == columns.count else { return nil }
            return try FieldSyntax.requestID(FieldSyntax.trimmed(fields[index]), at: ItemPlace())
        } catch {
            return nil
        }
    }

    private func header(_ record: CSVRecord) throws(ItemError) -> [String: Int] {
        let place = ItemPlace(line: record.line)
        var columns: [String: Int] = [:]
        for (index, field) in try record.fields.get().enumerated() {
            let name = FieldSyntax.trimmed(field)
            guard table.columns.contains(name) else { throw place.fault(unknown(name)) }
            guard columns.updateValue(index, forKey: name) == nil else {
                throw place.fault("the column '\(name)' is there twice")
            }
        }
        if let missing = table.required.first(where: { columns[$0] == nil }) {
            throw place.fault("the column '\(missing)' is missing")
        }
        guard columns["accessionNumber"] != nil || columns["studyInstanceUID"] != nil else {
            throw place.fault("neither the column 'accessionNumber' nor 'studyInstanceUID' is there")
        }
        return columns
    }

    private func unknown(_ name: String) -> String {
        let separator = [";", "\t", "|"].first { name.contains($0) && table.columns.contains(where: name.contains) }
        if separator != nil { return "columns are separated by commas, and the header is \(Quoted.text(name))" }
        let hint = Nearest.hint(name, among: table.columns)
        return "\(Quoted.text(name)) is no column of \(table.name)\(hint)"
    }
}
