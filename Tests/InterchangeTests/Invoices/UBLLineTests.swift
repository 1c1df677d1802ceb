// Lines that cannot be made by multiplying what is printed, and those that take off.

import Accounting
import Radiology
import Testing

@testable import Interchange

@Suite struct UBLLineTests {
    private static let euro = Currency("EUR")

    private static func xml(
        quantity: String, price: Price?, amount: Int64, discount: Int64? = nil
    ) throws -> String {
        let day = BillingDay(year: 2026, month: 10, day: 1)
        let line = InvoiceLine(
            number: 1, kind: .storage, description: "a", quantity: try #require(Quantity(quantity)), unit: "GB-month",
            unitPrice: try #require(price),
            discount: discount.map { InvoiceDiscount(amount: Money(minorUnits: $0, currency: euro), reason: "b") },
            amount: Money(minorUnits: amount, currency: euro), taxCategory: .standard,
            taxPercent: try #require(Price(unscaled: 20, scale: 0)), service: ServicePeriod(from: day, to: day),
            eventCount: 1)
        let party = InvoiceParty(id: "a", name: "a", address: nil, vatID: nil)
        let invoice = Invoice(
            number: "2026-000001", facility: "a", period: InvoicePeriod(from: day, to: day, timeZone: "UTC"),
            issuedAt: try #require(Instant(iso8601: "2026-11-01T00:00:00Z")), dueOn: nil, currency: euro, seller: party,
            buyer: party, lines: [line], tax: [], net: line.amount, total: line.amount, previousDigest: nil)
        return String(decoding: try UBLInvoice.bytes(invoice), as: UTF8.self)
    }

    @Test func aQuantityThatWasRoundedTooFarIsPricedAsAWhole() throws {
        let xml = try Self.xml(quantity: "0.333", price: Price(unscaled: 900, scale: 0), amount: 30_000)
        #expect(xml.contains(">300.00</cbc:PriceAmount>") && xml.contains(">0.333</cbc:BaseQuantity>"))
        #expect(xml.contains(">0.333</cbc:InvoicedQuantity>"))
    }

    @Test func whatTakesOffHasANegativeQuantity() throws {
        let xml = try Self.xml(quantity: "-1", price: Price(unscaled: 5, scale: 0), amount: -500)
        #expect(xml.contains(">-1</cbc:InvoicedQuantity>") && xml.contains(">5</cbc:PriceAmount>"))
        #expect(!xml.contains("BaseQuantity"))
    }

    @Test func aDiscountIsAnAllowance() throws {
        let xml = try Self.xml(quantity: "2", price: Price(unscaled: 5, scale: 0), amount: 900, discount: 100)
        #expect(xml.contains(">false</cbc:ChargeIndicator>") && xml.contains(">1.00</cbc:Amount>"))
        #expect(!xml.contains("BaseQuantity"))
    }
}
