// Holds a facility's documents, with the draft of its running month, against the plain account of what it used.
//
// Each check gives what is wrong, in words.

import Accounting
import Configuration

struct AccountCheck {
    let account: PlainAccount
    /// Invoices and the draft; no notes.
    let documents: [Invoice]
    /// The month that goes on.
    let running: BillingMonth

    private var lines: [(month: BillingMonth, line: InvoiceLine)] {
        documents.flatMap { document in
            document.lines.map { (BillingMonth(ofDay: document.period.from.number), $0) }
        }
    }

    private var months: [BillingMonth] {
        var months = [BillingMonth(year: 2028, month: 1)]
        while let last = months.last, last < running { months.append(last.next) }
        return months
    }

    /// Lines that charge storage of a month, be it on its own document or late on another one.
    private func storageLines(_ month: BillingMonth, _ days: Range<Int64>, _ tier: String) -> [InvoiceLine] {
        lines.filter { place, line in
            line.service.from.number == days.lowerBound && line.service.to.number == days.upperBound
                && line.description.hasPrefix("Storage, \(tier) tier")
                && (line.kind == .late ? line.description.contains("told late for \(month)") : place == month)
        }.map(\.line)
    }

    func storage() throws -> [String] {
        var wrong: [String] = []
        for month in months {
            for days in account.windows(of: month) {
                for tier in ["fast", "slow"] {
                    let own = storageLines(month, days, tier)
                    let exact = try account.cost(
                        of: account.byteSeconds(tier: tier, days: days), tier: tier, days: days, month: month)
                    let minor = try exact.times(ExactRatio(100))
                    let billed = ExactRatio(Int128(own.reduce(0) { $0 + $1.amount.minorUnits }))
                    let off = try billed.minus(minor)
                    let bound = ExactRatio(Int128(own.count), over: 2)
                    if try bound.isLess(than: off) || off.isLess(than: bound.negated) {
                        wrong.append(
                            "\(tier) \(month) \(days): \(own.map(\.amount.text)), not \(try exact.decimalText(digits: 4))"
                        )
                    }
                }
            }
        }
        return wrong
    }

    func fees() throws -> [String] {
        var counts: [String: Int] = [:]
        var wrong: [String] = []
        for (_, line) in lines where line.description.hasPrefix("Exams delivered for ") {
            let purpose = line.description.dropFirst("Exams delivered for ".count).prefix { $0 != " " && $0 != "," }
            let count = Int64(line.quantity.description) ?? 0
            counts["\(purpose) \(line.unitPrice)", default: 0] += Int(count)
            if try line.unitPrice.amount(of: count, in: line.amount.currency) != line.amount {
                wrong.append("fee \(line)")
            }
        }
        if counts != account.chargedFees { wrong.append("fees \(counts), not \(account.chargedFees)") }
        return wrong
    }

    /// Things that are charged by the day.
    func rents(_ rentals: [RentalEntry]) throws -> [String] {
        var wrong: [String] = []
        for rental in rentals where account.list(on: running.days.lowerBound)?.terms.rents["unit"]?.isDaily ?? false {
            for month in months where month >= BillingMonth(year: 2028, month: 2) {
                let own = lines.filter {
                    $0.month == month && $0.line.description.hasPrefix("Rent, unit \(rental.serial ?? "")")
                }
                let days = own.reduce(0) { sum, item in
                    let quantity = item.line.quantity
                    let days = Quantity(
                        rounding: Int128(quantity.unscaled) * Int128(month.days.count),
                        over: (0..<quantity.scale).reduce(1) { power, _ in power * 10 }, scale: 0)
                    return sum + Int(days?.unscaled ?? 0)
                }
                if days != account.rentedDays(rental, in: month) {
                    wrong.append(
                        "\(rental.serial ?? "") \(month): \(days), not \(account.rentedDays(rental, in: month)) days")
                }
            }
        }
        return wrong
    }

    /// Lines add up, and the month keeps its bounds.
    func sums() throws -> [String] {
        var wrong: [String] = []
        for document in documents {
            let net = document.lines.reduce(0) { $0 + $1.amount.minorUnits }
            let tax = document.tax.reduce(0) { $0 + $1.amount.minorUnits }
            if net != document.net.minorUnits || net + tax != document.total.minorUnits {
                wrong.append("sum of \(document)")
            }
            let onTime = document.lines.filter { !$0.description.contains("told late") }
            let sum = onTime.reduce(0) { $0 + $1.amount.minorUnits }
            let terms = account.list(on: document.period.to.number - 1)?.terms
            if let most = terms?.maximum, case let bound = try most.amount(in: document.currency).minorUnits,
                sum > bound
            {
                wrong.append("cap of \(document.fileName)")
            }
            if let least = terms?.minimum, !onTime.isEmpty, sum < (try least.amount(in: document.currency).minorUnits) {
                wrong.append("minimum of \(document.fileName)")
            }
        }
        return wrong
    }
}
