// StoragePrice owns what an amount of stored data costs by steps, and which step has which part of it.
//
// Pure and exact. Graduated: each step has the price of what lies within it. By volume: the step that the whole amount
// reaches has the price of all of it; when more of it is told later and reaches another step, what was charged is taken back
// and all of it has that step's price.

/// The price of storage in one tier.
package struct StoragePrice: Hashable, Sendable {
    /// A price up to an amount.
    package struct Step: Hashable, Sendable {
        /// In units of a month; nil for the last.
        package let upTo: Price?
        package let price: Price

        package init(upTo: Price?, price: Price) {
            self.upTo = upTo
            self.price = price
        }
    }

    /// A part of an amount that has one price.
    package struct Part: Hashable, Sendable {
        /// In units of a month; below 0 where an amount became less.
        package let quantity: ExactRatio
        package let step: Step
    }

    /// Each ends above the one before; the last has no end.
    package let steps: [Step]
    package let isByVolume: Bool

    package init(steps: [Step], isByVolume: Bool = false) {
        precondition(steps.last.map { $0.upTo == nil } ?? false, "the last step has no end")
        self.steps = steps
        self.isByVolume = isByVolume
    }

    /// The parts of what lies between two amounts: of all of it, from 0.
    ///
    /// - Parameters:
    ///   - share: Of the month, for which the steps hold; they are as much shorter.
    ///   - start: What was charged before.
    package func parts(
        from start: ExactRatio = .zero, to end: ExactRatio, share: ExactRatio
    ) throws(AccountingError) -> [Part] {
        if try end.isLess(than: start) {
            return try parts(from: end, to: start, share: share).map {
                Part(quantity: $0.quantity.negated, step: $0.step)
            }
        }
        if isByVolume { return try volumeParts(from: start, to: end, share: share) }
        var parts: [Part] = []
        var low = start
        for step in steps {
            let bound = try upperBound(step, share)
            let high = if let bound, try bound.isLess(than: end) { bound } else { end }
            guard try low.isLess(than: high) else { continue }
            parts.append(Part(quantity: try high.minus(low), step: step))
            low = high
        }
        return parts
    }

    private func volumeParts(
        from start: ExactRatio, to end: ExactRatio, share: ExactRatio
    ) throws(AccountingError) -> [Part] {
        let (before, after) = (try step(reachedBy: start, share: share), try step(reachedBy: end, share: share))
        if start.isZero || before == after { return [Part(quantity: try end.minus(start), step: after)] }
        return [Part(quantity: start.negated, step: before), Part(quantity: end, step: after)]
    }

    private func step(reachedBy amount: ExactRatio, share: ExactRatio) throws(AccountingError) -> Step {
        for step in steps {
            guard let bound = try upperBound(step, share) else { return step }
            if try !bound.isLess(than: amount) { return step }
        }
        preconditionFailure("the last step has no end")
    }

    private func upperBound(_ step: Step, _ share: ExactRatio) throws(AccountingError) -> ExactRatio? {
        guard let upTo = step.upTo else { return nil }
        return try ExactRatio(upTo).times(share)
    }
}
