// MonthRating owns what a month comes to: all lines of a facility's invoice.
//
// Pure: the same use under the same price lists gives the same lines, whatever the order in which it was told. Order of the
// lines: storage, rent, data fees; then what comes from their sum: discounts, the minimum, the cap; what is late goes last.

/// What a month comes to.
package struct RatedMonth: Hashable, Sendable {
    package let lines: [RatedLine]
    /// What of it is storage, for telling later what came too late for it.
    package let billed: [BilledStorage]

    package init(lines: [RatedLine], billed: [BilledStorage]) {
        self.lines = lines
        self.billed = billed
    }
}

package struct MonthRating {
    private let tariff: Tariff
    private let rentals: [Rental]

    package init(tariff: Tariff, rentals: [Rental]) {
        self.tariff = tariff
        self.rentals = rentals
    }

    /// Rates a month.
    ///
    /// - Parameters:
    ///   - late: Lines for what came too late for earlier months.
    ///   - until: Seconds since 1970 up to which a month that goes on is charged; nil for the whole month.
    /// - Throws: `RatingError`, for a price that is missing.
    package func rate(
        _ use: MonthUse, late: [RatedLine] = [], until: Int64? = nil
    ) throws(RatingError) -> RatedMonth {
        let until = min(until ?? use.end, use.end)
        let windows = PriceWindow.windows(of: use.days, party: use.party, tariff: tariff)
        let storage = StorageRating(use: use, until: until)
        let billed = storage.billed(windows)
        var lines: [RatedLine] = []
        for (window, billed) in billed { lines += try storage.lines(window, billed, in: tariff.currency) }
        lines += try RentRating(use: use, until: until).lines(rentals, windows, in: tariff.currency)
        lines += try FeeRating(party: use.party).lines(use.fees, windows, in: tariff.currency)
        if !lines.isEmpty { lines += try sums(lines, windows, use) }
        return RatedMonth(lines: lines + late, billed: billed.map(\.billed))
    }

    /// What came too late for a month that is closed.
    ///
    /// - Parameters:
    ///   - use: All of the month as it is known now; `fees` only what came late.
    ///   - billed: What was charged of it so far.
    ///   - eventCounts: How many events of storage are late, by tier.
    package func rateLate(
        _ use: MonthUse, billed: [BilledStorage], eventCounts: [String: Int]
    ) throws(RatingError) -> RatedMonth {
        let windows = PriceWindow.windows(of: use.days, party: use.party, tariff: tariff)
        let storage = StorageRating(use: use, until: use.end)
        var lines: [RatedLine] = []
        var more: [BilledStorage] = []
        for window in windows {
            for tier in Set(use.storage.map(\.tier) + billed.map(\.tier)).sorted() {
                let now =
                    (use.storage.first { $0.tier == tier }.map { storage.byteSeconds(of: $0, in: window.days) } ?? 0)
                    + storage.remainder(tier: tier, window: window)
                let before = Self.byteSeconds(billed, tier: tier, in: window.days)
                guard now != before else { continue }
                lines += try storage.lines(
                    window, tier: tier, from: before, to: now, kind: .late,
                    eventCount: eventCounts[tier] ?? 0,
                    source: .lateStorage(tier: tier, month: use.month), tariff.currency)
                more.append(BilledStorage(tier: tier, days: window.days, byteSeconds: now - before))
            }
        }
        lines += try FeeRating(party: use.party).lines(use.fees, windows, late: use.month, in: tariff.currency)
        do throws(AccountingError) {
            return RatedMonth(lines: lines + (try discounts(lines, windows, use, isLate: true)), billed: more)
        } catch { throw .accounting(error) }
    }

    /// A price list that was put in later parts the month anew: what was billed counts for the window where it began.
    private static func byteSeconds(_ billed: [BilledStorage], tier: String, in days: Range<Int64>) -> Int128 {
        billed.filter { $0.tier == tier && days.contains($0.days.lowerBound) }.reduce(0) { $0 + $1.byteSeconds }
    }

    private func sums(_ lines: [RatedLine], _ windows: [PriceWindow], _ use: MonthUse) throws(RatingError)
        -> [RatedLine]
    {
        do throws(AccountingError) {
            let discounts = try discounts(lines, windows, use)
            let all = lines + discounts
            guard let list = windows.last(where: { $0.list != nil })?.list else { return discounts }
            return try discounts + bounds(all, list, use)
        } catch { throw .accounting(error) }
    }

    private func discounts(
        _ lines: [RatedLine], _ windows: [PriceWindow], _ use: MonthUse, isLate: Bool = false
    ) throws(AccountingError) -> [RatedLine] {
        var discounts: [RatedLine] = []
        for window in windows {
            guard let percent = window.list?.terms.discounts[use.party], percent.unscaled > 0 else { continue }
            let within = lines.filter { window.days.contains($0.days.lowerBound) }
            guard let tax = within.first?.tax else { continue }
            var base = Money.zero(tariff.currency)
            for line in within { base = try base.adding(line.amount) }
            let off = try ExactRatio(Int128(base.minorUnits), over: ExactRatio.powerOfTen(tariff.currency.exponent))
                .times(ExactRatio(percent)).times(ExactRatio(1, over: 100)).money(in: tariff.currency)
            guard off.minorUnits != 0 else { continue }
            discounts.append(
                sumLine(
                    .adjustment,
                    "Discount of \(percent)% on \(base.text)\(isLate ? ", told late for \(use.month)" : "")",
                    off.negated, tax, window.days))
        }
        return discounts
    }

    private func bounds(_ lines: [RatedLine], _ list: PriceList, _ use: MonthUse) throws(AccountingError) -> [RatedLine]
    {
        var net = Money.zero(tariff.currency)
        for line in lines { net = try net.adding(line.amount) }
        let tax = list.terms.tax
        if let least = list.terms.minimum, case let bound = try least.amount(in: tariff.currency),
            net.minorUnits < bound.minorUnits
        {
            let missing = try bound.subtracting(net)
            return [sumLine(.minimum, "Up to the minimum of \(bound.text) a month", missing, tax, use.days)]
        }
        if let most = list.terms.maximum, case let bound = try most.amount(in: tariff.currency),
            net.minorUnits > bound.minorUnits
        {
            let excess = try net.subtracting(bound)
            return [sumLine(.adjustment, "Above the cap of \(bound.text) a month", excess.negated, tax, use.days)]
        }
        return []
    }

    /// One of something that costs the amount; below 0, minus one of it.
    private func sumLine(
        _ kind: UsageEvent.Kind, _ description: String, _ amount: Money, _ tax: MonthlyTerms.Tax, _ days: Range<Int64>
    ) -> RatedLine {
        let price = Price(unscaled: Int64(amount.minorUnits.magnitude), scale: amount.currency.exponent) ?? .zero
        return RatedLine(
            kind: kind, description: description, quantity: amount.minorUnits < 0 ? "-1" : "1", unit: "month",
            unitPrice: price, amount: amount, tax: tax, days: days, eventCount: 0, source: .sum)
    }
}
