// MonthUse owns what a facility used in a month, as sums of its ledger.
//
// Pure. Bytes and byte-seconds are whole numbers; days are numbered from 1970-01-01 in the facility's own zone.

/// The use of a month by one facility.
package struct MonthUse: Hashable, Sendable {
    package let party: String
    package let month: BillingMonth
    /// In which its days are counted: a name of the IANA database.
    package let timeZone: String
    /// The first instants of its days, and the end of the last: one more than it has days. Seconds since 1970.
    package let boundaries: [Int64]
    /// By tier.
    package let storage: [StorageUse]
    /// What was deleted in the month, or so shortly before that it may still be charged.
    package let deletions: [DeletedUse]
    package let fees: [FeeUse]

    package init(
        party: String, month: BillingMonth, timeZone: String, boundaries: [Int64], storage: [StorageUse] = [],
        deletions: [DeletedUse] = [], fees: [FeeUse] = []
    ) {
        precondition(boundaries.count == month.days.count + 1, "a month has a beginning of each day, and an end")
        self.party = party
        self.month = month
        self.timeZone = timeZone
        self.boundaries = boundaries
        self.storage = storage
        self.deletions = deletions
        self.fees = fees
    }

    package var days: Range<Int64> { month.days }
    package var start: Int64 { boundaries[0] }
    package var end: Int64 { boundaries[boundaries.count - 1] }
    /// Of the whole month.
    package var seconds: Int64 { end - start }

    /// When a day begins; of the day after the last, when the month ends.
    func start(ofDay day: Int64) -> Int64 { boundaries[Int(day - month.days.lowerBound)] }
}

/// What lay in a tier.
package struct StorageUse: Hashable, Sendable {
    /// What came and went on a day.
    package struct Day: Hashable, Sendable {
        package let day: Int64
        package let byteDelta: Int64
        /// The sum of bytes × seconds since the day began, over what came and went.
        package let moment: Int128
        package let eventCount: Int

        package init(day: Int64, byteDelta: Int64, moment: Int128, eventCount: Int) {
            self.day = day
            self.byteDelta = byteDelta
            self.moment = moment
            self.eventCount = eventCount
        }
    }

    package let tier: String
    /// Bytes when the month began.
    package let openingByteCount: Int64
    /// Days on which something came or went, in order.
    package let days: [Day]

    package init(tier: String, openingByteCount: Int64, days: [Day]) {
        self.tier = tier
        self.openingByteCount = openingByteCount
        self.days = days
    }
}

/// Bytes that were deleted.
package struct DeletedUse: Hashable, Sendable {
    package let tier: String
    package let byteCount: Int64
    /// Seconds since 1970.
    package let atSeconds: Int64
    /// When they were first stored.
    package let sinceSeconds: Int64

    package init(tier: String, byteCount: Int64, atSeconds: Int64, sinceSeconds: Int64) {
        self.tier = tier
        self.byteCount = byteCount
        self.atSeconds = atSeconds
        self.sinceSeconds = sinceSeconds
    }
}

/// Deliveries of a day that had one fee.
package struct FeeUse: Hashable, Sendable {
    package let day: Int64
    package let purpose: String
    package let unitPrice: Price
    package let currency: String
    package let description: String
    package let eventCount: Int64
    /// Of them, those that were free.
    package let waivedCount: Int64

    package init(
        day: Int64, purpose: String, unitPrice: Price, currency: String, description: String, eventCount: Int64,
        waivedCount: Int64
    ) {
        self.day = day
        self.purpose = purpose
        self.unitPrice = unitPrice
        self.currency = currency
        self.description = description
        self.eventCount = eventCount
        self.waivedCount = waivedCount
    }
}
