// BeancountJournal owns the bookkeeper's journal: every issued document as a balanced transaction.
//
// Pure. Invoices and debit notes are owed by their facility and earned by facility and kind, with the tax set apart; credit
// notes are the same the other way round. A part for each month that has documents, and one file that includes the parts, so
// that a new document changes the part of its month alone. It is the plain text that beancount reads, and `bean-check` accepts
// it; accounts are opened by beancount's own plugin on the day of their first document.

package import Accounting

/// Writes the journal.
package enum BeancountJournal {
    /// What all of it is read by.
    package static let name = "journal.beancount"

    /// What the part of a month is called.
    package static func name(of month: BillingMonth) -> String { "journal-\(month).beancount" }

    /// The file that includes the parts.
    ///
    /// - Parameters:
    ///   - title: Whose books they are.
    ///   - months: Those that have documents, in order.
    package static func bytes(title: String, months: [BillingMonth]) -> [UInt8] {
        var text = "; Made by filmroom invoice from the issued documents: a part for each month that they charge.\n"
        text += "option \"title\" \(quoted(title))\n"
        text += "plugin \"beancount.plugins.auto_accounts\"\n\n"
        for month in months { text += "include \"\(name(of: month))\"\n" }
        return Array(text.utf8)
    }

    /// The part of a month.
    ///
    /// - Parameter documents: All that charge it or give it back, in the order of issue; drafts are left out.
    package static func part(_ documents: [Invoice]) -> [UInt8] {
        let issued = documents.filter { !$0.isDraft }
        var text = "; Made by filmroom invoice from the issued documents; written anew when there is another one.\n"
        for currency in Set(issued.map(\.currency.code)).sorted() {
            text += "option \"operating_currency\" \"\(currency)\"\n"
        }
        for document in issued { text += transaction(document) }
        return Array(text.utf8)
    }

    private static func transaction(_ document: Invoice) -> String {
        let number = document.number ?? ""
        var text = "\n\(document.issuedOn) * \(quoted(document.buyer.name)) \(quoted(narration(document)))"
        text += " #\(document.kind.rawValue) ^\(number)"
        if let credited = document.credits { text += " ^\(credited.number)" }
        text += "\n  number: \"\(number)\"\n  facility: \(quoted(document.facility))\n"
        text += "  period: \"\(document.period.from)/\(document.period.to)\"\n"
        if let due = document.dueOn { text += "  due: \(due)\n" }
        for posting in postings(document) { text += "  \(posting.account)  \(posting.amount)\n" }
        return text
    }

    private static func narration(_ document: Invoice) -> String {
        let number = document.number ?? ""
        return switch (document.kind, document.credits) {
        case (.creditNote, let credited?): "Credit note \(number) for invoice \(credited.number)"
        case (.debitNote, let corrected?): "Debit note \(number) to invoice \(corrected.number)"
        case (.creditNote, nil): "Credit note \(number)"
        case (.debitNote, nil): "Debit note \(number)"
        case (.invoice, _): "Invoice \(number)"
        }
    }

    private struct Posting {
        let account: String
        let amount: Money
    }

    /// The receivable first, then income by kind and tax by rate; they add up to nothing.
    private static func postings(_ document: Invoice) -> [Posting] {
        let party = component(document.facility)
        let isCredit = document.kind == .creditNote
        func booked(_ money: Money) -> Money { isCredit ? money.negated : money }
        var income: [UsageEvent.Kind: Int64] = [:]
        for line in document.lines { income[line.kind, default: 0] += line.amount.minorUnits }
        let receivable = Posting(account: "Assets:Receivable:\(party)", amount: booked(document.total))
        let earned = UsageEvent.Kind.allCases.compactMap { kind in
            income[kind].map { units in
                Posting(
                    account: "Income:\(name(kind)):\(party)",
                    amount: booked(Money(minorUnits: -units, currency: document.currency)))
            }
        }
        let taxes = document.tax.filter { $0.amount.minorUnits != 0 }.map { tax in
            Posting(
                account: "Liabilities:Tax:\(tax.category.rawValue)-\(rate(tax.percent))",
                amount: booked(tax.amount.negated))
        }
        return [receivable] + earned + taxes
    }

    private static func name(_ kind: UsageEvent.Kind) -> String {
        switch kind {
        case .storage: "Storage"
        case .rent: "Rent"
        case .dataFee: "DataFee"
        case .minimum: "Minimum"
        case .late: "Late"
        case .adjustment: "Adjustment"
        }
    }

    /// Without a point, which no account has: `20`, `5-5`.
    private static func rate(_ percent: Price) -> String {
        let rate = Quantity(percent.description)?.shortest.description ?? percent.description
        return rate.replacing(".", with: "-")
    }

    /// A part of an account: it begins with a capital or a digit. Ids have small letters, digits and hyphens, so that no two
    /// have the same.
    private static func component(_ id: String) -> String {
        guard let first = id.first else { return "None" }
        return first == "-" ? "XX" + id : first.uppercased() + id.dropFirst()
    }

    /// A text on one line.
    private static func quoted(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\":
                result.append("\\")
                result.append(scalar)
            case "\n", "\r", "\t", "\u{85}", "\u{2028}", "\u{2029}": result.append(" ")
            case "\u{0}"..<" ", "\u{7F}"..."\u{9F}": continue
            default: result.append(scalar)
            }
        }
        return "\"\(String(result))\""
    }
}
