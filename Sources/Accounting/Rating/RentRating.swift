// RentRating owns what rented things come to in a month.
//
// Pure and exact. By the day: the days that are not waived ÷ the days of the month. As a whole: once for a month of which any
// day is charged; a thing that goes on for another that was given back on its first day is not charged a second time.

struct RentRating {
    let use: MonthUse
    let until: Int64

    func lines(_ rentals: [Rental], _ windows: [PriceWindow], in currency: Currency) throws(RatingError) -> [RatedLine]
    {
        let own = rentals.filter { $0.party == use.party }.sorted {
            ($0.item, $0.serial ?? "", $0.from) < ($1.item, $1.serial ?? "", $1.from)
        }
        var lines: [RatedLine] = []
        for rental in own {
            let rented = rental.days(within: daysSoFar)
            guard !rented.isEmpty else { continue }
            // A rent by the month is the first window's.
            var isChargedWhole = own.contains { rental.continues($0) && !$0.days(within: daysSoFar).isEmpty }
            for window in windows where window.days.overlaps(rented) {
                let days = rented.clamped(to: window.days)
                let waived = rental.waivedCount(in: days)
                let list = try window.requireList(use.party)
                guard let rent = list.terms.rents[rental.item] else {
                    throw .noRent(party: use.party, item: rental.item, list: list.effective)
                }
                guard rent.isDaily || !isChargedWhole, waived < Int64(days.count) else { continue }
                isChargedWhole = true
                lines.append(try line(rental, rent, days: days, waived: waived, list, currency))
            }
        }
        return lines
    }

    /// The days that have begun.
    private var daysSoFar: Range<Int64> {
        let end = use.days.first { use.start(ofDay: $0) >= until } ?? use.days.upperBound
        return use.days.lowerBound..<end
    }

    private func line(
        _ rental: Rental, _ rent: MonthlyTerms.RentPrice, days: Range<Int64>, waived: Int64, _ list: PriceList,
        _ currency: Currency
    ) throws(RatingError) -> RatedLine {
        let charged = Int64(days.count) - waived
        let quantity = rent.isDaily ? ExactRatio(Int128(charged), over: Int128(use.days.count)) : ExactRatio(1)
        let part = rent.isDaily && charged < use.days.count ? ", \(charged) of \(use.days.count) days" : ""
        let free = waived > 0 ? ", \(waived) days waived" + (reason(rental, days).map { " (\($0))" } ?? "") : ""
        do throws(AccountingError) {
            return RatedLine(
                kind: .rent, description: "Rent, \(rental.name)\(part)\(free)",
                quantity: try quantity.decimalText(digits: StorageRating.quantityDigits), unit: "month",
                unitPrice: rent.price, amount: try quantity.times(ExactRatio(rent.price)).money(in: currency),
                tax: list.terms.tax, days: days, eventCount: 0, source: .rent(item: rental.item, serial: rental.serial))
        } catch { throw .accounting(error) }
    }

    private func reason(_ rental: Rental, _ days: Range<Int64>) -> String? {
        rental.waivers.first { $0.days.overlaps(days) && $0.reason != nil }?.reason
    }
}
