// Histories that a seed made: what holds of every month and its credit notes. $FILMROOM_HISTORIES says how many, as 100000.

import Foundation
import Radiology
import TestSupport
import Testing

@testable import Accounting

@Suite struct RandomHistoriesTests {

    private static let months = [
        BillingMonth(year: 2026, month: 3), BillingMonth(year: 2028, month: 2), BillingMonth(year: 2026, month: 10),
    ]
    private static let zones = ["UTC", "Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]

    @Test func sumsHoldWhateverHappened() throws {
        var random = SplitMix(seed: 20_261_124)
        let list = try MonthRatingTests.list(
            fast: StoragePrice(steps: [
                StoragePrice.Step(upTo: Price("1.5"), price: Price("0.333") ?? .zero),
                StoragePrice.Step(upTo: nil, price: Price("0.0777") ?? .zero),
            ]), discount: "7.5")
        let tax = try #require(Price("19.6"))
        let count = ProcessInfo.processInfo.environment["FILMROOM_HISTORIES"].flatMap { Int($0) } ?? 1000
        for history in 0..<count {
            try check(&random, list, tax, history)
        }
    }

    private func check(_ random: inout SplitMix, _ list: PriceList, _ tax: Price, _ history: Int) throws {
        let month = Self.months[Int.random(in: 0..<3, using: &random)]
        let zone = Self.zones[Int.random(in: 0..<5, using: &random)]
        let empty = try MonthRatingTests.use(in: month, zone: zone, [])
        let movements = (0..<Int.random(in: 1...4, using: &random)).map { _ in
            (
                at: Int64.random(in: empty.start..<empty.end, using: &random),
                bytes: Int64.random(in: 0...MonthRatingTests.gibibyte * 2, using: &random)
            )
        }
        let opening = Int64.random(in: 0...MonthRatingTests.gibibyte, using: &random)
        let use = try MonthRatingTests.use(in: month, zone: zone, opening: opening, movements)
        let rating = MonthRatingTests.rating([list])
        let rated = try rating.rate(use)
        // Any order of arrival.
        let other = try MonthRatingTests.use(in: month, zone: zone, opening: opening, movements.reversed())
        guard try rating.rate(other) == rated else { return record("order", history) }
        // Nights add up to the month, and both to bytes × seconds.
        let storage = StorageRating(use: use, until: use.end)
        let nights = storage.byteSecondsByDay(of: use.storage[0]).reduce(0, +)
        let plain =
            Int128(opening) * Int128(use.seconds)
            + movements.reduce(0) { $0 + Int128($1.bytes) * Int128(use.end - $1.at) }
        guard nights == plain, rated.billed.reduce(0, { $0 + $1.byteSeconds }) == plain else {
            return record("byte-seconds", history)
        }
        try checkNotes(&random, rated, tax, history)
    }

    /// Credited line by line, in any order and in any parts, with some charged again in between: all notes come to the invoice.
    private func checkNotes(_ random: inout SplitMix, _ rated: RatedMonth, _ percent: Price, _ history: Int) throws {
        let invoice = try Self.invoice(rated, percent)
        var credited: Set<Int> = []
        var left = invoice.total
        for _ in 0..<Int.random(in: 0...2 * invoice.lines.count, using: &random) {
            let line = Int.random(in: 1...invoice.lines.count, using: &random)
            do {
                if credited.contains(line) {
                    let note = try Debiting(of: invoice, credited: credited).note(again: [line], head: Self.head)
                    left = try left.adding(note.total)
                    credited.remove(line)
                } else {
                    left = try left.subtracting(
                        try Self.note(Crediting(of: invoice, credited: credited), [line]).total)
                    credited.insert(line)
                }
            } catch is Crediting.Refused { continue }
        }
        let isAll = credited.count == invoice.lines.count
        if !isAll { left = try left.subtracting(try Self.note(Crediting(of: invoice, credited: credited), nil).total) }
        if left.minorUnits != 0 { record("credits", history) }
        let all = Set(invoice.lines.map(\.number))
        let again = try Debiting(of: invoice, credited: all).note(again: nil, head: Self.head)
        if again.total != invoice.total || again.tax.map(\.amount) != invoice.tax.map(\.amount) {
            record("charged again", history)
        }
        try checkAdditions(&random, invoice, history)
    }

    /// What is charged besides adds up, and is given back by a note over its own.
    private func checkAdditions(_ random: inout SplitMix, _ invoice: Invoice, _ history: Int) throws {
        let amounts = (1...3).map { _ in Int64.random(in: 1...1_000_000, using: &random) }
        let additions = amounts.map { amount in
            DebitRequest.Addition(
                line: Int.random(in: 1...invoice.lines.count, using: &random),
                amount: Money(minorUnits: amount, currency: invoice.currency).text)
        }
        let note = try Debiting(of: invoice, credited: []).note(more: additions, head: Self.head)
        let lines = try note.lines.reduce(Money.zero(invoice.currency)) { try $0.adding($1.amount) }
        let taxes = try note.tax.reduce(Money.zero(invoice.currency)) { try $0.adding($1.amount) }
        let isSum = lines == note.net && lines.minorUnits == amounts.reduce(0, +)
        if try !isSum || lines.adding(taxes) != note.total { record("additions", history) }
        let back = try Self.note(Crediting(of: note, credited: []), nil)
        if back.total != note.total { record("credit of a debit note", history) }
    }

    private static let head = NoteHead(
        number: "2026-D000001", issuedAt: instant, dueOn: BillingDay(year: 2026, month: 12, day: 1),
        previousDigest: nil, reason: "r")

    private static func note(_ crediting: Crediting, _ lines: [Int]?) throws -> Invoice {
        try crediting.note(lines, number: "2026-C000001", issuedAt: instant, previousDigest: nil, reason: nil)
    }

    private static let instant = Instant(iso8601: "2026-11-01T00:00:00Z") ?? unwritten
    private static var unwritten: Instant { preconditionFailure("an instant is one") }

    private static func invoice(_ rated: RatedMonth, _ percent: Price) throws -> Invoice {
        let tax = MonthlyTerms.Tax(category: .standard, percent: percent, reason: nil)
        let totals = try TaxTotals(rated.lines.map { ($0.amount, tax) }, in: Currency("USD"))
        let party = InvoiceParty(id: "p", name: "p", address: nil, vatID: nil)
        let day = BillingDay(year: 2026, month: 10, day: 1)
        return Invoice(
            number: "2026-000001", facility: "p", period: InvoicePeriod(from: day, to: day, timeZone: "UTC"),
            issuedAt: instant, dueOn: nil, currency: Currency("USD"), seller: party, buyer: party,
            lines: rated.lines.enumerated().map { index, line in
                InvoiceLine(
                    number: index + 1, kind: line.kind, description: "", quantity: Quantity(1), unit: "",
                    unitPrice: line.unitPrice, amount: line.amount, taxCategory: .standard, taxPercent: percent,
                    service: ServicePeriod(from: day, to: day), eventCount: 0)
            },
            tax: totals.taxes.map {
                TaxSubtotal(category: .standard, percent: percent, base: $0.base, amount: $0.amount)
            }, net: totals.net, total: totals.total, previousDigest: nil)
    }

    private func record(_ what: String, _ history: Int) {
        Issue.record("history \(history): \(what)")
    }
}
