// What may be given back of an invoice whose lines take off more than they charge.

import Radiology
import Testing

@testable import Accounting

@Suite struct CreditingTests {
    private static let currency = Currency("EUR")

    /// An invoice over some amounts, without tax.
    private static func invoice(_ amounts: [Int64]) throws -> Invoice {
        let day = BillingDay(year: 2026, month: 10, day: 1)
        let party = InvoiceParty(id: "p", name: "p", address: nil, vatID: nil)
        let net = Money(minorUnits: amounts.reduce(0, +), currency: currency)
        let issuedAt = try #require(Instant(iso8601: "2026-11-01T00:00:00Z"))
        let none = try #require(Price("0"))
        let lines = amounts.enumerated().map { index, amount in
            InvoiceLine(
                number: index + 1, kind: .storage, description: "", quantity: Quantity(1), unit: "", unitPrice: none,
                amount: Money(minorUnits: amount, currency: currency), taxCategory: .exempt, taxPercent: none,
                service: ServicePeriod(from: day, to: day), eventCount: 0)
        }
        return Invoice(
            number: "2026-000001", facility: "p", period: InvoicePeriod(from: day, to: day, timeZone: "UTC"),
            issuedAt: issuedAt, dueOn: nil, currency: currency, seller: party, buyer: party, lines: lines,
            tax: [
                TaxSubtotal(
                    category: .exempt, percent: none, base: net, amount: Money(minorUnits: 0, currency: currency))
            ], net: net, total: net, previousDigest: nil)
    }

    @Test func anInvoiceBelowNothingIsTakenBackWhole() throws {
        let invoice = try Self.invoice([300, -500])
        let note = try Crediting(of: invoice, credited: []).note(
            nil, number: "2026-C000001", issuedAt: invoice.issuedAt, previousDigest: nil, reason: nil)
        #expect(note.net.minorUnits == -200 && note.total == invoice.total)
        #expect(note.lines.map(\.creditsLine) == [1, 2])
    }

    @Test(arguments: [[1], [2]])
    func noPartOfItIs(lines: [Int]) throws {
        let crediting = Crediting(of: try Self.invoice([300, -500]), credited: [])
        #expect(throws: Crediting.Refused.self) { try crediting.lines(lines) }
    }

    @Test func aDiscountIsNotTakenBackAlone() throws {
        let crediting = Crediting(of: try Self.invoice([500, -300]), credited: [])
        #expect(throws: Crediting.Refused.self) { try crediting.lines([2]) }
        #expect(throws: Crediting.Refused.self) { try crediting.lines([1]) }
        #expect(try crediting.lines(nil) == [1, 2])
    }
}
