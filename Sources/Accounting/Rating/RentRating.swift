// RentRating owns what rented things come to in a month.
//
// Pure and exact. By the day: the days that are not waived ÷ the days of the month. As a whole: once for a month of which any
// day is charged; a thing that goes on for another that was given back on its first day is not charged a second time, nor is
// the same thing that comes back within the month.

struct RentRating {
    let use: MonthUse
    let until: Int64

    func lines(_ rentals: [Rental], _ windows: [PriceWindow], in currency: Currency) throws(RatingError) -> [RatedLine]
    {
        let own = rentals.filter { $0.party == use.party }.sorted {
            ($0.item, $0.serial ?? "", $0.from) < ($1.item, $1.serial ?? "", $1.from)
        }
        let goesOn = goesOn(own)
        var lines: [RatedLine] = []
        for (index, rental) in own.enumerated() {
            let rented = rental.days(within: daysSoFar)
            guard !rented.isEmpty else { continue }
            // A rent by the month is the first window's.
            var isChargedWhole = goesOn.contains(index)
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

    /// Which of some rentals go on with a month that another one of them is charged for: each with one, and one with each.
    private func goesOn(_ own: [Rental]) -> Set<Int> {
        var paid: Set<Int> = []
        var takenOver: Set<Int> = []
        var goesOn: Set<Int> = []
        for index in own.indices.sorted(by: { (own[$0].from, $0) < (own[$1].from, $1) }) {
            let days = own[index].days(within: daysSoFar)
            guard !days.isEmpty else { continue }
            let earlier = own.indices.first {
                paid.contains($0) && !takenOver.contains($0) && own[index].continues(own[$0])
            }
            if let earlier {
                takenOver.insert(earlier)
                goesOn.insert(index)
                paid.insert(index)
            } else if own[index].waivedCount(in: days) < Int64(days.count) {
                paid.insert(index)
            }
        }
        return goesOn
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
