// Tariff owns the price lists of a site, and which fee a delivery has.
//
// Pure: the same delivery has the same fee whenever it is worked out, as long as no list that was in force is edited.

internal import Radiology

/// All price lists.
package struct Tariff: Hashable, Sendable {
    package let currency: Currency
    package let priceLists: [PriceList]

    package init(currency: Currency, priceLists: [PriceList]) {
        self.currency = currency
        self.priceLists = priceLists
    }

    /// The list that holds for a party on a day: the latest; of those of one day the one that names the party.
    package func priceList(for party: String, on day: BillingDay) -> PriceList? {
        priceLists
            .filter { $0.effective <= day && $0.parties?.contains(party) ?? true }
            .max { ($0.effective, $0.parties == nil ? 0 : 1) < ($1.effective, $1.parties == nil ? 0 : 1) }
    }

    /// For so many days after they were stored any list charges bytes that are deleted.
    package var longestStorageMinimumDays: Int { priceLists.map(\.terms.storageMinimumDays).max() ?? 0 }

    /// The fee of a delivery, with the reason.
    ///
    /// - Throws: `.tooLarge`.
    package func fee(for delivery: DeliveredExam) throws(AccountingError) -> FeeDecision {
        guard let list = priceList(for: delivery.party, on: delivery.day) else {
            return .unpriced("no price list holds for \(delivery.party) on \(delivery.day)")
        }
        guard let choice = list.mostSpecificFee(for: delivery) else {
            return .unpriced("the price list of \(list.effective) has no data fee that fits")
        }
        let amount = try choice.fee.fee.amount(in: currency)
        let isFree = isFreeAgain(delivery, list)
        let reason = explanation(list, choice) + (isFree ? "; free, because \(freeText(list))" : "")
        let fee = FeeDecision.Fee(
            dataFee: choice.fee, priceListEffective: list.effective, metered: amount,
            waived: isFree ? amount : .zero(currency), explanation: reason)
        return .fee(fee)
    }

    private func isFreeAgain(_ delivery: DeliveredExam, _ list: PriceList) -> Bool {
        guard let last = delivery.lastChargedMilliseconds, last <= delivery.atMilliseconds else { return false }
        let (elapsed, isLong) = delivery.atMilliseconds.subtractingReportingOverflow(last)
        return !isLong && elapsed < list.freeAgainWithinMilliseconds
    }

    private func explanation(_ list: PriceList, _ choice: (fee: DataFee, fitting: Int)) -> String {
        let among = choice.fitting == 1 ? "the only fee that fits" : "the most specific of \(choice.fitting) that fit"
        return
            "price list of \(list.effective): \(choice.fee.fee) \(currency) for \(choice.fee.conditionText), \(among)"
    }

    private func freeText(_ list: PriceList) -> String {
        "the same exam was charged within the last \(DurationWords.text(milliseconds: list.freeAgainWithinMilliseconds))"
    }
}
