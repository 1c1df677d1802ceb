// RatedLine owns one line of what a month comes to: how much of what, at which price, for which days, and which events of
// the ledger are behind it.
//
// Invariant: the amount was rounded once, from exact numbers.

/// A line before it has its number.
package struct RatedLine: Hashable, Sendable {
    package let kind: UsageEvent.Kind
    package let description: String
    /// A decimal.
    package let quantity: String
    package let unit: String
    package let unitPrice: Price
    package let amount: Money
    package let tax: MonthlyTerms.Tax
    /// The days that it is for.
    package let days: Range<Int64>
    package let eventCount: Int
    package let source: LineSource
}

/// Where the events behind a line are found.
package enum LineSource: Hashable, Sendable {
    case storage(tier: String)
    case rent(item: String, serial: String?)
    case fee(purpose: String, unitPrice: String, description: String)
    case lateStorage(tier: String, month: BillingMonth)
    case lateFee(purpose: String, unitPrice: String, description: String, month: BillingMonth)
    /// It comes from the other lines.
    case sum
    /// An amount that a debit note charges besides a line of its invoice.
    case addition(line: Int)

    /// Fields parted by tabs; `init(_:)` reads it.
    package var text: String {
        switch self {
        case .storage(let tier): Self.joined("storage", tier)
        case .rent(let item, let serial): Self.joined("rent", item, serial ?? "")
        case .fee(let purpose, let price, let description): Self.joined("fee", purpose, price, description)
        case .lateStorage(let tier, let month): Self.joined("lateStorage", tier, month.description)
        case .lateFee(let purpose, let price, let description, let month):
            Self.joined("lateFee", purpose, price, description, month.description)
        case .sum: "sum"
        case .addition(let line): Self.joined("addition", String(line))
        }
    }

    /// - Returns: nil for what `text` never gives.
    package init?(_ text: String) {
        let fields = text.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        switch (fields[0], fields.count) {
        case ("storage", 2): self = .storage(tier: fields[1])
        case ("rent", 3): self = .rent(item: fields[1], serial: fields[2].isEmpty ? nil : fields[2])
        case ("fee", 4): self = .fee(purpose: fields[1], unitPrice: fields[2], description: fields[3])
        case ("lateStorage", 3):
            guard let month = BillingMonth(fields[2]) else { return nil }
            self = .lateStorage(tier: fields[1], month: month)
        case ("lateFee", 5):
            guard let month = BillingMonth(fields[4]) else { return nil }
            self = .lateFee(purpose: fields[1], unitPrice: fields[2], description: fields[3], month: month)
        case ("sum", 1): self = .sum
        case ("addition", 2):
            guard let line = Int(fields[1]) else { return nil }
            self = .addition(line: line)
        default: return nil
        }
    }

    private static func joined(_ fields: String...) -> String {
        fields.map { $0.split(separator: "\t", omittingEmptySubsequences: false).joined(separator: " ") }
            .joined(separator: "\t")
    }
}

/// Byte-seconds that an invoice charges for some days in a tier.
package struct BilledStorage: Hashable, Sendable {
    package let tier: String
    package let days: Range<Int64>
    package let byteSeconds: Int128

    package init(tier: String, days: Range<Int64>, byteSeconds: Int128) {
        self.tier = tier
        self.days = days
        self.byteSeconds = byteSeconds
    }
}
