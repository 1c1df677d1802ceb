// Amounts, days and kinds of a document as pages show them. Pure.

internal import Accounting

/// Ways of writing what is charged.
enum InvoiceText {
    /// `1 234.50` with narrow spaces that do not break, and a minus of its own width.
    static func amount(_ money: Money) -> String { number(money.text) }

    /// A decimal with its whole digits in groups of three.
    static func number(_ decimal: String) -> String {
        let isNegative = decimal.hasPrefix("-")
        let parts = decimal.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
        let whole = Array(parts.first ?? "")
        var grouped = ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index).isMultiple(of: 3) { grouped += "\u{202F}" }
            grouped.append(digit)
        }
        return (isNegative ? "\u{2212}" : "") + grouped + (parts.count > 1 ? "." + parts[1] : "")
    }

    /// Half-open days as people say them: `2026-10-01 to 2026-10-31`.
    static func days(_ from: BillingDay, _ to: BillingDay) -> String {
        let last = BillingDay(number: to.number - 1)
        return last <= from ? from.description : "\(from) to \(last)"
    }

    static func name(_ kind: UsageEvent.Kind) -> String {
        switch kind {
        case .storage: "Storage"
        case .rent: "Rent"
        case .dataFee: "Data fee"
        case .minimum: "Minimum"
        case .late: "Late"
        case .adjustment: "Adjustment"
        }
    }
}
