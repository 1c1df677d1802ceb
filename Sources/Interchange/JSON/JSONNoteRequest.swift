// JSONNoteRequest owns the fields of the office's orders about issued documents: `credit` and `debit`.
//
// Pure.

internal import Accounting
internal import Radiology

/// The reader of one order for a note.
enum JSONNoteRequest {
    static func credit(_ node: JSONNode, _ lines: LineTable) throws(ItemError) -> CreditRequest {
        let fields = try JSONFields(
            node, pointer: "", what: "a credit", known: ["type", "id", "invoice", "lines", "reason"], lines: lines)
        return CreditRequest(
            id: try JSONRequest.id(fields),
            invoice: try fields.required(try fields.line("invoice", chargingNumber), "invoice"),
            lines: try fields.array("lines").map { elements throws(ItemError) in
                try numbers(elements, fields, all: "leave it out to credit the whole invoice")
            },
            reason: try fields.text("reason"))
    }

    static func debit(_ node: JSONNode, _ lines: LineTable) throws(ItemError) -> DebitRequest {
        let fields = try JSONFields(
            node, pointer: "", what: "a debit", known: ["type", "id", "invoice", "lines", "reason"], lines: lines)
        return DebitRequest(
            id: try JSONRequest.id(fields),
            invoice: try fields.required(try fields.line("invoice", invoiceNumber), "invoice"),
            charge: try charge(fields), reason: try fields.required(try fields.text("reason"), "reason"))
    }

    /// Numbers are lines that were credited; objects are amounts besides.
    private static func charge(_ fields: JSONFields) throws(ItemError) -> DebitRequest.Charge {
        guard let elements = try fields.array("lines") else { return .again(nil) }
        guard let first = elements.first, case .object = first.node.value else {
            return .again(
                try numbers(elements, fields, all: "leave it out to charge again all that was credited"))
        }
        var additions: [DebitRequest.Addition] = []
        for element in elements { additions.append(try addition(element, fields)) }
        return .more(additions)
    }

    private static func addition(
        _ element: (node: JSONNode, pointer: String), _ fields: JSONFields
    ) throws(ItemError) -> DebitRequest.Addition {
        let own = try fields.element(element, what: "an amount", known: ["line", "amount", "description"])
        let line = try own.required(try own.integer("line", atLeast: 1), "line")
        let amount = try own.required(try own.line("amount"), "amount")
        guard let price = Price(amount), price.unscaled > 0 else {
            throw own.place("amount").fault("\(Quoted.text(amount)) is no amount above 0, such as \"12.50\"")
        }
        return DebitRequest.Addition(line: line, amount: amount, description: try own.line("description"))
    }

    /// `<year>-<6 digits>` (contract, section 5).
    private static func invoiceNumber(
        _ text: String, at place: @autoclosure () -> ItemPlace
    ) throws(ItemError) -> String {
        guard isNumber(text, series: nil) else {
            throw place().fault("\(Quoted.text(text)) is no number of an invoice, such as 2026-000012")
        }
        return text
    }

    /// That of an invoice, or `<year>-D<6 digits>` of a debit note, which can be given back too.
    private static func chargingNumber(
        _ text: String, at place: @autoclosure () -> ItemPlace
    ) throws(ItemError) -> String {
        guard !isNumber(text, series: "D") else { return text }
        return try invoiceNumber(text, at: place())
    }

    private static func isNumber(_ text: String, series: Unicode.Scalar?) -> Bool {
        var scan = DigitScan(text)
        guard scan.number(4) != nil, scan.take("-") else { return false }
        if let series, !scan.take(series) { return false }
        return scan.number(6) != nil && scan.isAtEnd
    }

    private static func numbers(
        _ elements: [(node: JSONNode, pointer: String)], _ fields: JSONFields, all: String
    ) throws(ItemError) -> [Int] {
        var lines: Set<Int> = []
        for element in elements {
            guard case .number(let digits) = element.node.value, let line = Int(digits), line >= 1 else {
                throw fields.place("lines").fault("'lines' holds whole numbers of at least 1")
            }
            guard lines.insert(line).inserted else { throw fields.place("lines").fault("line \(line) is named twice") }
        }
        guard !lines.isEmpty else { throw fields.place("lines").fault("'lines' is empty; \(all)") }
        return lines.sorted()
    }
}
