// PriceList owns the fees that hold from a day on.
//
// Pure.

/// A price list.
package struct PriceList: Hashable, Sendable {
    /// The first day on which it holds, in the time zone of whoever pays.
    package let effective: BillingDay
    /// Ids of the parties that it is for; nil for all.
    package let parties: Set<String>?
    /// In the order of the file.
    package let dataFees: [DataFee]
    /// What doctors are paid, in the order of the file; empty means nothing, and no statement.
    package let readingFees: [ReadingFee]
    /// How long after a charge the same exam is free for the same party.
    package let freeAgainWithinMilliseconds: Int64
    /// What a month of stored data and of rented things costs, and what the sum of all comes to.
    package let terms: MonthlyTerms

    package init(
        effective: BillingDay, parties: Set<String>? = nil, dataFees: [DataFee], freeAgainWithinMilliseconds: Int64 = 0,
        readingFees: [ReadingFee] = [], terms: MonthlyTerms = MonthlyTerms()
    ) {
        self.effective = effective
        self.parties = parties
        self.dataFees = dataFees
        self.readingFees = readingFees
        self.freeAgainWithinMilliseconds = freeAgainWithinMilliseconds
        self.terms = terms
    }

    /// The fee that asks for most of a delivery; of two that ask for as much, the one that stands first.
    ///
    /// - Returns: The fee and how many fit; nil when none does.
    func mostSpecificFee(for delivery: DeliveredExam) -> (fee: DataFee, fitting: Int)? {
        let fitting = dataFees.filter { $0.fits(delivery) }
        let most = fitting.map(\.specificity).max()
        return fitting.first { $0.specificity == most }.map { ($0, fitting.count) }
    }
}
