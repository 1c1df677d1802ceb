// StorageRating owns what stored data comes to: byte-seconds by tier, and their price.
//
// Pure and exact: Σ bytes × seconds ÷ (unit × the seconds of that month) × price (contract, section 6). What is deleted
// before the list's minimum of days is charged to their end, in the tier that it was in.

package struct StorageRating {
    let use: MonthUse
    /// Until when it is charged, in seconds since 1970: the end of the month, or earlier for one that goes on.
    let until: Int64

    static let quantityDigits = 6

    package init(use: MonthUse, until: Int64? = nil) {
        self.use = use
        self.until = until ?? use.end
    }

    /// Byte-seconds of a tier in the whole month.
    package func byteSeconds(of storage: StorageUse) -> Int128 { byteSeconds(of: storage, in: use.days) }

    /// Byte-seconds of a tier in some days.
    func byteSeconds(of storage: StorageUse, in days: Range<Int64>) -> Int128 {
        var bytes = Int128(storage.openingByteCount)
        var total: Int128 = 0
        var next = storage.days.startIndex
        for day in use.days where day < days.upperBound {
            let start = use.start(ofDay: day)
            guard start < until else { break }
            let length = Int128(min(use.start(ofDay: day + 1), until) - start)
            var sum = bytes * length
            while next < storage.days.endIndex, storage.days[next].day == day {
                sum += Int128(storage.days[next].byteDelta) * length - storage.days[next].moment
                bytes += Int128(storage.days[next].byteDelta)
                next += 1
            }
            if days.contains(day) { total += sum }
        }
        return total
    }

    /// Byte-seconds of a tier by day, in order.
    func byteSecondsByDay(of storage: StorageUse) -> [Int128] {
        use.days.map { byteSeconds(of: storage, in: $0..<$0 + 1) }
    }

    /// Byte-seconds that are charged after a deletion, because of the least number of days.
    func remainder(tier: String, window: PriceWindow) -> Int128 {
        let from = use.start(ofDay: window.days.lowerBound)
        let to = min(use.start(ofDay: window.days.upperBound), until)
        return use.deletions.filter { $0.tier == tier }.reduce(0) { sum, deletion in
            let least = Int64(window.list?.terms.storageMinimumDays ?? 0) * 86_400
            let begin = max(deletion.atSeconds, from)
            let end = min(deletion.sinceSeconds + least, to)
            return sum + (end > begin ? Int128(deletion.byteCount) * Int128(end - begin) : 0)
        }
    }

    private var tiers: [String] { Set(use.storage.map(\.tier) + use.deletions.map(\.tier)).sorted() }

    /// What each window and tier is charged for, where that is not nothing.
    func billed(_ windows: [PriceWindow]) -> [(window: PriceWindow, billed: BilledStorage)] {
        windows.flatMap { window in
            tiers.compactMap { tier in
                let kept = use.storage.first { $0.tier == tier }.map { byteSeconds(of: $0, in: window.days) } ?? 0
                let total = kept + remainder(tier: tier, window: window)
                return total == 0
                    ? nil : (window, BilledStorage(tier: tier, days: window.days, byteSeconds: total))
            }
        }
    }

    func lines(_ window: PriceWindow, _ billed: BilledStorage, in currency: Currency) throws(RatingError) -> [RatedLine]
    {
        let storage = use.storage.first { $0.tier == billed.tier }
        let events = storage?.days.filter { window.days.contains($0.day) }.reduce(0) { $0 + $1.eventCount } ?? 0
        return try lines(
            window, tier: billed.tier, from: 0, to: billed.byteSeconds, kind: .storage, eventCount: events,
            source: .storage(tier: billed.tier), currency)
    }

    /// A line for each step between two amounts of byte-seconds.
    func lines(
        _ window: PriceWindow, tier: String, from: Int128, to: Int128, kind: UsageEvent.Kind, eventCount: Int,
        source: LineSource, _ currency: Currency
    ) throws(RatingError) -> [RatedLine] {
        let list = try window.requireList(use.party)
        guard let price = list.terms.storage[tier] else {
            throw .noStoragePrice(party: use.party, tier: tier, list: list.effective)
        }
        let unit = Int128(list.terms.storageUnitByteCount) * Int128(use.seconds)
        let windowSeconds = use.start(ofDay: window.days.upperBound) - use.start(ofDay: window.days.lowerBound)
        let share = ExactRatio(Int128(windowSeconds), over: Int128(use.seconds))
        do throws(AccountingError) {
            let parts = try price.parts(
                from: ExactRatio(from, over: unit), to: ExactRatio(to, over: unit), share: share)
            return try parts.map { part throws(AccountingError) in
                RatedLine(
                    kind: kind, description: description(tier, window, part, price, isLate: kind == .late),
                    quantity: try part.quantity.decimalText(digits: Self.quantityDigits),
                    unit: "\(list.terms.storageUnitName)-month", unitPrice: part.step.price,
                    amount: try part.quantity.times(ExactRatio(part.step.price)).money(in: currency),
                    tax: list.terms.tax, days: window.days, eventCount: eventCount, source: source)
            }
        } catch { throw .accounting(error) }
    }

    private func description(
        _ tier: String, _ window: PriceWindow, _ part: StoragePrice.Part, _ price: StoragePrice, isLate: Bool
    ) -> String {
        var text = "Storage, \(tier) tier" + (isLate ? ", told late for \(use.month)" : "")
        if window.days.count < use.days.count { text += ", \(window.days.count) of \(use.days.count) days" }
        let terms = window.list?.terms
        if price.steps.count > 1 {
            let below = price.steps.dropLast().last?.upTo ?? .zero
            text += part.step.upTo.map { ", up to \($0)" } ?? ", above \(below)"
            text += " \(terms?.storageUnitName ?? "")" + (price.isByVolume ? ", by volume" : "")
        }
        if remainder(tier: tier, window: window) > 0 {
            text += ", with what was deleted before \(terms?.storageMinimumDays ?? 0) days"
        }
        return text
    }
}
