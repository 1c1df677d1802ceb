// RatingError owns why a month cannot be invoiced.
//
// Each says what is missing and what would be right: a price that is not there is never taken for nothing.

/// What stops an invoice.
package enum RatingError: Error, Hashable, Sendable, CustomStringConvertible {
    case noPriceList(party: String, day: BillingDay)
    case noStoragePrice(party: String, tier: String, list: BillingDay)
    case noRent(party: String, item: String, list: BillingDay)
    case noReadingFee(reader: String, exam: String, list: BillingDay)
    case accounting(AccountingError)

    package var description: String {
        switch self {
        case .noPriceList(let party, let day):
            "\(party): no price list of tariff.yaml holds on \(day); add one whose `effective` is that day or before"
        case .noStoragePrice(let party, let tier, let list):
            "\(party): the price list of \(list) has no price for the tier '\(tier)', where it has data; add it to"
                + " `storage`, if need be as \"0\""
        case .noRent(let party, let item, let list):
            "\(party): the price list of \(list) has no rent for '\(item)', which it rents; add it to `rents`"
        case .noReadingFee(let reader, let exam, let list):
            "\(reader): the price list of \(list) has `readingFees`, and none fits the reading of \(exam); add one that"
                + " does, if need be as \"0\""
        case .accounting(let error): error.description
        }
    }
}
