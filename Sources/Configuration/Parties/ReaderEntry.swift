// A doctor who reads, with what is declared of their skill during a time.
//
// Invariant: the entries of one id do not overlap in time; sensitivity and specificity are given both or neither.

/// One item of `readers` in `parties.yaml`.
package struct ReaderEntry: Sendable, Equatable {
    package let id: String
    package let name: String
    /// The name by which a structured report calls the observer: `SATO^JIRO`.
    package let personName: String?
    /// Votes that this reader's read counts for; more than 0.
    package let weight: ExactDecimal
    /// Share of the positive that is called positive; more than 0 and less than 1.
    package let sensitivity: ExactDecimal?
    /// Share of the negative that is called negative; more than 0 and less than 1.
    package let specificity: ExactDecimal?
    /// The first day on which the entry holds; nil means since ever.
    package let from: CalendarDate?
    /// The first day on which it no longer holds; nil means for ever.
    package let to: CalendarDate?

    init(_ reader: KeyedReader) {
        id = reader.required("id", Decode.identifier, else: "")
        name = reader.value("name", Decode.text, default: id)
        personName = reader.optional("personName", Decode.text)
        weight = reader.value("weight", Self.positive, default: ExactDecimal(1))
        sensitivity = reader.optional("sensitivity", Decode.properProbability)
        specificity = reader.optional("specificity", Decode.properProbability)
        from = reader.optional("from", Decode.date)
        to = reader.optional("to", Decode.date)
        if (sensitivity == nil) != (specificity == nil) {
            reader.field.fail("sensitivity and specificity belong together; give both or neither")
        }
        if let from, let to, from >= to {
            reader.given("to")?.fail(
                "the entry ends on \(to), not after it begins on \(from); give a later day or null")
        }
    }

    /// Whether a day is within the time of the entry.
    func holds(on day: CalendarDate) -> Bool {
        (from.map { $0 <= day } ?? true) && (to.map { day < $0 } ?? true)
    }

    /// Whether there is a day on which both hold.
    func overlaps(_ other: ReaderEntry) -> Bool {
        let startsBeforeOtherEnds = other.to.map { end in from.map { $0 < end } ?? true } ?? true
        let otherStartsBeforeEnd = to.map { end in other.from.map { $0 < end } ?? true } ?? true
        return startsBeforeOtherEnds && otherStartsBeforeEnd
    }

    private static var positive: (Field) -> ExactDecimal? {
        Decode.decimal("a weight above 0", example: "1.0 or 2.5") {
            $0.unscaled > 0
        }
    }
}
