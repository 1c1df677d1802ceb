// Rental owns an apparatus or workstation that a facility rents during a time, and days of it that are not charged.
//
// Pure. Days are numbered from 1970-01-01, in the facility's own zone.

/// A rental.
package struct Rental: Hashable, Sendable {
    /// Days that are not charged, and why.
    package struct Waiver: Hashable, Sendable {
        package let days: Range<Int64>
        package let reason: String?

        package init(days: Range<Int64>, reason: String?) {
            self.days = days
            self.reason = reason
        }
    }

    package let party: String
    /// As price lists call it.
    package let item: String
    /// Of the thing itself; nil where it has none.
    package let serial: String?
    package let from: Int64
    /// The first day that is no longer rented; nil while it goes on.
    package let to: Int64?
    package let waivers: [Waiver]

    package init(party: String, item: String, serial: String?, from: Int64, to: Int64?, waivers: [Waiver] = []) {
        self.party = party
        self.item = item
        self.serial = serial
        self.from = from
        self.to = to
        self.waivers = waivers
    }

    /// For people: `mammography-unit MG-12`.
    package var name: String { item + (serial.map { " " + $0 } ?? "") }

    /// Its days within some others.
    package func days(within days: Range<Int64>) -> Range<Int64> {
        let end = min(to ?? .max, days.upperBound)
        let start = min(max(from, days.lowerBound), end)
        return min(start, days.upperBound)..<max(end, min(start, days.upperBound))
    }

    /// How many of some days are waived.
    func waivedCount(in days: Range<Int64>) -> Int64 {
        Int64(days.count { day in waivers.contains { $0.days.contains(day) } })
    }

    /// Whether it goes on with what another one ended: the same item, from the day on which that was given back; or the very
    /// same thing, later.
    func continues(_ other: Rental) -> Bool {
        guard other.item == item, other.party == party, other != self, let end = other.to else { return false }
        return end == from || (end < from && serial != nil && other.serial == serial)
    }
}
