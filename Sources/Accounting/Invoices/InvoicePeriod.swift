// InvoicePeriod owns the month that a document is for, in the time zone of whoever pays; ServicePeriod the days of a line.
//
// Invariant: half open: the last day is the first that is no longer in it.

/// The days that a document is for.
package struct InvoicePeriod: Codable, Hashable, Sendable {
    package let from: BillingDay
    /// The first day after it.
    package let to: BillingDay
    /// A name of the IANA database.
    package let timeZone: String

    package init(from: BillingDay, to: BillingDay, timeZone: String) {
        self.from = from
        self.to = to
        self.timeZone = timeZone
    }
}

/// The days in which what a line charges was used, in the same zone.
package struct ServicePeriod: Codable, Hashable, Sendable {
    package let from: BillingDay
    /// The first day after it.
    package let to: BillingDay

    package init(from: BillingDay, to: BillingDay) {
        self.from = from
        self.to = to
    }
}
