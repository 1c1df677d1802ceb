// DailyRate owns what a receipt says of the price of what was stored: what a day of it costs.
//
// From facts and the price list of the day on which it was stored; what has no price is not said to cost anything.

internal import Accounting
internal import Catalog
internal import Configuration
internal import Interchange
internal import Radiology

struct DailyRate {
    let catalog: Catalog
    let configuration: SiteConfiguration

    /// The charges of a receipt of images, in the order of its exams.
    ///
    /// - Parameter exams: Keys of the exams that the drop has files of.
    func charges(of drop: DropID, party: String, exams: [String]) throws -> [ReceiptText.Charge] {
        guard !configuration.priceLists.isEmpty else { return [] }
        let tariff = configuration.tariff
        let calendar = try catalog.calendar(ofParty: party)
        return try exams.compactMap { exam in
            let tier = StorageTier.fastName
            guard let use = try catalog.usage(act: "stored:\(drop):\(exam):\(tier)"), let bytes = use.byteCount else {
                return nil
            }
            let day = calendar.day(at: use.atSeconds)
            guard let terms = tariff.priceList(for: party, on: BillingDay(number: day))?.terms,
                let price = terms.storage[tier]?.steps.first?.price
            else { return nil }
            let month = BillingMonth(ofDay: day)
            let share = ExactRatio(Int128(bytes), over: Int128(terms.storageUnitByteCount) * Int128(month.days.count))
            let amount = try share.times(ExactRatio(price)).money(in: tariff.currency)
            return ReceiptText.Charge(
                event: use.act,
                description: "a day of \(bytes) bytes of \(exam) in the tier '\(tier)', at \(price) a"
                    + " \(terms.storageUnitName)-month",
                amount: amount.text, currency: amount.currency.code)
        }
    }
}
