// One step of a graduated price.
//
// Invariant of a list of steps: each ends above the one before, and the last has no end, so that every amount has a
// price.

/// A price up to an amount.
package struct PriceStep: Sendable, Equatable {
    /// In storage units of a month; nil for the last step.
    package let upTo: ExactDecimal?
    /// Price of a unit for a month.
    package let price: ExactDecimal

    init(upTo: ExactDecimal?, price: ExactDecimal) {
        self.upTo = upTo
        self.price = price
    }

    /// A single price, or a list of steps.
    static func decodeAll(_ field: Field) -> [PriceStep]? {
        guard let items = field.items else {
            guard field.scalarText != nil else {
                return Decode.refuse(
                    field, "a price or a list of steps is wanted, such as [{upTo: null, price: \"0.20\"}]")
            }
            return Decode.price(field).map { [PriceStep(upTo: nil, price: $0)] }
        }
        let steps = items.map { item in (item, KeyedReader.block(item, PriceStep.init)) }
        guard !steps.isEmpty else { return Decode.refuse(field, "at least one step is wanted") }
        reportDisorder(steps)
        return steps.map(\.1)
    }

    private init(_ reader: KeyedReader) {
        upTo = reader.optional("upTo", Decode.decimal("an amount above 0", example: "50000") { $0.unscaled > 0 })
        price = reader.required("price", Decode.price, else: ExactDecimal(0))
    }

    private static func reportDisorder(_ steps: [(field: Field, step: PriceStep)]) {
        var highest = ExactDecimal(0)
        for (offset, entry) in steps.enumerated() {
            let isLast = offset == steps.count - 1
            switch entry.step.upTo {
            case nil where !isLast:
                entry.field.fail("a step without end must be the last; give it an `upTo` or move it to the end")
            case .some(let upTo) where isLast:
                entry.field.fail("the last step ends at \(upTo); write `upTo: null`, so that every amount has a price")
            case .some(let upTo) where upTo <= highest:
                entry.field.fail("this step ends at \(upTo), not above \(highest), the end of the one before")
            default:
                break
            }
            highest = entry.step.upTo ?? highest
        }
    }
}
