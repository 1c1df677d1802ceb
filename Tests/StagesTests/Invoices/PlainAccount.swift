// What a facility owes, worked out from the bare list of its uses: no sums by day, no closings, no order of arrival.
//
// Everything is gone through anew for every question, so that it is plain to see that it is right.

import Accounting
import Configuration

struct PlainAccount {
    let facility: String
    let uses: [ToldUse]
    let tariff: Tariff
    let calendar: BillingCalendar
    /// Until when it is worked out, in seconds since 1970.
    let now: Int64

    /// The days of a month that have one price list.
    func windows(of month: BillingMonth) -> [Range<Int64>] {
        var windows: [Range<Int64>] = []
        for day in month.days {
            let isSame = windows.last.map { list(on: $0.lowerBound) == list(on: day) } ?? false
            if isSame { windows[windows.count - 1] = windows[windows.count - 1].lowerBound..<day + 1 }
            if !isSame { windows.append(day..<day + 1) }
        }
        return windows
    }

    func list(on day: Int64) -> PriceList? { tariff.priceList(for: facility, on: BillingDay(number: day)) }

    /// Bytes × seconds that are charged in some days: what lay there, and what was deleted too early.
    func byteSeconds(tier: String, days: Range<Int64>) -> Int128 {
        let (from, to) = (calendar.start(ofDay: days.lowerBound), min(now, calendar.start(ofDay: days.upperBound)))
        let least = Int64(list(on: days.lowerBound)?.terms.storageMinimumDays ?? 0) * 86_400
        func area(_ bytes: Int64, _ begin: Int64, _ end: Int64) -> Int128 {
            Int128(bytes) * Int128(max(0, min(end, to) - max(begin, from)))
        }
        return uses.compactMap(\.movement).reduce(0) { sum, movement in
            var sum = sum
            for change in movement.changes where change.tier == tier {
                sum += area(change.byteCount, movement.atSeconds, .max)
            }
            if let since = movement.sinceSeconds, movement.fromTier == tier {
                sum += area(movement.byteCount, movement.atSeconds, since + least)
            }
            return sum
        }
    }

    /// What byte-seconds of some days cost, before anything is rounded.
    func cost(of byteSeconds: Int128, tier: String, days: Range<Int64>, month: BillingMonth) throws -> ExactRatio {
        guard let terms = list(on: days.lowerBound)?.terms, let price = terms.storage[tier] else { return .zero }
        func seconds(_ days: Range<Int64>) -> Int128 {
            Int128(calendar.start(ofDay: days.upperBound) - calendar.start(ofDay: days.lowerBound))
        }
        let share = ExactRatio(seconds(days), over: seconds(month.days))
        let units = ExactRatio(byteSeconds, over: Int128(terms.storageUnitByteCount) * seconds(month.days))
        var (sum, below) = (ExactRatio.zero, ExactRatio.zero)
        for step in price.steps {
            let bound = try step.upTo.map { try ExactRatio($0).times(share) }
            let isLast = try bound.map { try !$0.isLess(than: units) } ?? true
            if price.isByVolume, isLast { return try units.times(ExactRatio(step.price)) }
            if !price.isByVolume {
                let top = isLast ? units : bound ?? units
                sum = try sum.plus(try top.minus(below).times(ExactRatio(step.price)))
                below = top
            }
            if isLast { break }
        }
        return sum
    }

    /// Deliveries that are charged, by purpose and unit price.
    var chargedFees: [String: Int] {
        let charged = uses.compactMap(\.fee).filter { $0.waived != $0.metered || $0.metered.minorUnits == 0 }
        return Dictionary(grouping: charged) { "\($0.purpose ?? "") \($0.unitPrice)" }.mapValues(\.count)
    }

    /// Days of a month on which a thing is rented and charged, as far as they have begun.
    func rentedDays(_ rental: RentalEntry, in month: BillingMonth) -> Int {
        month.days.count { number in
            let day = BillingDay(number: number).description
            let isRented = rental.from.description <= day && rental.to.map { day < $0.description } ?? true
            let isWaived = rental.waivers.contains { $0.from.description <= day && day < $0.to.description }
            return isRented && !isWaived && calendar.start(ofDay: number) < now
        }
    }
}
