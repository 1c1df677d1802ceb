// BillingMonth owns a month of the calendar.
//
// Pure. Where it begins and ends is known only together with a `BillingCalendar`.

/// A month.
package struct BillingMonth: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let year: Int
    /// 1 to 12.
    package let month: Int

    package init(year: Int, month: Int) {
        precondition((1...12).contains(month), "a year has 12 months")
        self.year = year
        self.month = month
    }

    /// The month of a day.
    package init(ofDay day: Int64) {
        let day = BillingDay(number: day)
        self.init(year: day.year, month: day.month)
    }

    /// - Parameter text: Exactly `YYYY-MM`; nil for anything else.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        let digits = bytes.enumerated().allSatisfy {
            $0.offset == 4 ? $0.element == 0x2D : (0x30...0x39).contains($0.element)
        }
        guard bytes.count == 7, digits, let year = Int(text.prefix(4)), let month = Int(text.suffix(2)), year >= 1900,
            (1...12).contains(month)
        else { return nil }
        self.init(year: year, month: month)
    }

    package var next: BillingMonth {
        month == 12 ? BillingMonth(year: year + 1, month: 1) : BillingMonth(year: year, month: month + 1)
    }

    package var previous: BillingMonth {
        month == 1 ? BillingMonth(year: year - 1, month: 12) : BillingMonth(year: year, month: month - 1)
    }

    /// Its days, by their numbers.
    package var days: Range<Int64> {
        BillingDay(year: year, month: month, day: 1)
            .number..<BillingDay(year: next.year, month: next.month, day: 1).number
    }

    /// `YYYY-MM`
    package var description: String { String(BillingDay(year: year, month: month, day: 1).description.prefix(7)) }

    package static func < (left: Self, right: Self) -> Bool { (left.year, left.month) < (right.year, right.month) }
}
