// FeeRating owns what deliveries come to: a line for each purpose and fee.
//
// Pure. Each delivery was priced when it was made, by the list that held then; here they are counted. Free ones are counted
// apart and cost nothing.

struct FeeRating {
    let party: String

    private struct Group: Hashable {
        let purpose: String
        let price: Price
        let description: String
    }

    /// - Parameter late: The month that the deliveries are told late for; nil when they are not.
    func lines(
        _ fees: [FeeUse], _ windows: [PriceWindow], late: BillingMonth? = nil, in currency: Currency
    ) throws(RatingError) -> [RatedLine] {
        var lines: [RatedLine] = []
        for window in windows {
            let within = fees.filter { window.days.contains($0.day) }
            guard !within.isEmpty else { continue }
            let list = try window.requireList(party)
            let groups = Dictionary(grouping: within) {
                Group(purpose: $0.purpose, price: $0.unitPrice, description: $0.description)
            }
            for (group, fees) in groups.sorted(by: { Self.order($0.key) < Self.order($1.key) }) {
                if let line = try line(group, fees, window, list, late, currency) { lines.append(line) }
            }
        }
        return lines
    }

    private static func order(_ group: Group) -> (String, String, String) {
        (group.purpose, group.description, group.price.description)
    }

    private func line(
        _ group: Group, _ fees: [FeeUse], _ window: PriceWindow, _ list: PriceList, _ late: BillingMonth?,
        _ currency: Currency
    ) throws(RatingError) -> RatedLine? {
        if let other = fees.first(where: { $0.currency != currency.code }) {
            throw .accounting(.mixedCurrencies(other.currency, currency.code))
        }
        let waived = fees.reduce(0) { $0 + $1.waivedCount }
        let charged = fees.reduce(0) { $0 + $1.eventCount } - waived
        guard charged > 0 else { return nil }
        let price = group.price.description
        let source: LineSource =
            late.map {
                .lateFee(purpose: group.purpose, unitPrice: price, description: group.description, month: $0)
            } ?? .fee(purpose: group.purpose, unitPrice: price, description: group.description)
        let what = "Exams delivered for \(group.purpose)" + (late.map { ", told late for \($0)" } ?? "")
        do throws(AccountingError) {
            return RatedLine(
                kind: late == nil ? .dataFee : .late,
                description: "\(what) (\(group.description))" + (waived > 0 ? ", \(waived) more free" : ""),
                quantity: String(charged), unit: "exam", unitPrice: group.price,
                amount: try group.price.amount(of: charged, in: currency), tax: list.terms.tax, days: window.days,
                eventCount: Int(charged + waived), source: source)
        } catch { throw .accounting(error) }
    }
}
