// PriceWindow owns the days of a month for which one price list holds.
//
// Pure. A list that begins in mid-month parts the month; its prices hold from the facility's own midnight.

/// Days with one price list.
struct PriceWindow {
    /// nil where none holds: what is used then cannot be invoiced.
    let list: PriceList?
    let days: Range<Int64>

    /// The windows of a month, in order.
    static func windows(of days: Range<Int64>, party: String, tariff: Tariff) -> [PriceWindow] {
        var windows: [PriceWindow] = []
        for day in days {
            let list = tariff.priceList(for: party, on: BillingDay(number: day))
            if let last = windows.last, last.list == list {
                windows[windows.count - 1] = PriceWindow(list: list, days: last.days.lowerBound..<day + 1)
            } else {
                windows.append(PriceWindow(list: list, days: day..<day + 1))
            }
        }
        return windows
    }

    func requireList(_ party: String) throws(RatingError) -> PriceList {
        guard let list else { throw .noPriceList(party: party, day: BillingDay(number: days.lowerBound)) }
        return list
    }
}
