// MonthlyTerms owns what a price list says of whole months: storage, rents, tax, and bounds and discounts of the sum.
//
// Pure. What it has no price for cannot be invoiced.

/// Prices of a month.
package struct MonthlyTerms: Hashable, Sendable {
    /// The unit of stored data, for people: `GB`.
    package let storageUnitName: String
    package let storageUnitByteCount: Int64
    /// By the name of the tier.
    package let storage: [String: StoragePrice]
    /// Days for which data is charged at least, counted from when an exam was first stored.
    package let storageMinimumDays: Int
    /// By item.
    package let rents: [String: RentPrice]
    package let tax: Tax
    /// The least that a month with any use costs; nil for nothing.
    package let minimum: Price?
    /// The most that a month costs; nil for no bound.
    package let maximum: Price?
    /// What is taken off, in percent, by facility.
    package let discounts: [String: Price]

    package init(
        storageUnitName: String = "GB", storageUnitByteCount: Int64 = 1_000_000_000,
        storage: [String: StoragePrice] = [:],
        storageMinimumDays: Int = 0, rents: [String: RentPrice] = [:], tax: Tax = .none, minimum: Price? = nil,
        maximum: Price? = nil, discounts: [String: Price] = [:]
    ) {
        self.storageUnitName = storageUnitName
        self.storageUnitByteCount = storageUnitByteCount
        self.storage = storage
        self.storageMinimumDays = storageMinimumDays
        self.rents = rents
        self.tax = tax
        self.minimum = minimum
        self.maximum = maximum
        self.discounts = discounts
    }

    /// The rent of a thing for a month.
    package struct RentPrice: Hashable, Sendable {
        package let price: Price
        /// Whether a month that is rented in part is charged by its days, or as a whole.
        package let isDaily: Bool

        package init(price: Price, isDaily: Bool) {
            self.price = price
            self.isDaily = isDaily
        }
    }

    /// Category and rate.
    package struct Tax: Hashable, Sendable {
        /// A code of UNCL 5305: `S`.
        package let category: TaxCategory
        /// 20 for 20%, without zeros at its end: `20.0` is the rate of `20`.
        package let percent: Price
        /// Why there is none; nil for the usual sentence of the category.
        package let reason: String?

        package static let none = Tax(category: .outside, percent: .zero, reason: nil)

        package init(category: TaxCategory, percent: Price, reason: String?) {
            self.category = category
            self.percent = percent.shortened
            self.reason = reason
        }
    }
}
