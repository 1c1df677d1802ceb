import Testing

@testable import Accounting

/// Which price list holds, and what is free again.
struct TariffTests {
    private static func list(_ year: Int, _ parties: Set<String>?, _ cents: Int64) -> PriceList {
        PriceList(
            effective: BillingDay(year: year, month: 1, day: 1), parties: parties,
            dataFees: [DataFee(fee: DataFeeTests.price(cents))])
    }

    @Test(
        arguments: [
            (2023, "northside", nil), (2024, "northside", "0.01"), (2025, "northside", "0.02"),
            (2026, "northside", "0.03"),
            (2025, "southside", "0.01"), (2026, "southside", "0.04"), (2027, "northside", "0.05"),
        ] as [(Int, String, String?)])
    func theLatestListHoldsAndOfOneDayTheNamedOne(_ year: Int, _ party: String, _ expected: String?) throws {
        let lists = [
            Self.list(2024, nil, 1), Self.list(2025, ["northside"], 2), Self.list(2026, ["northside"], 3),
            Self.list(2026, nil, 4), Self.list(2027, nil, 5),
        ]
        let day = BillingDay(year: year, month: 6, day: 30)
        for order in [lists, lists.reversed()] {
            let tariff = Tariff(currency: DataFeeTests.euro, priceLists: order)
            #expect(try DataFeeTests.charged(tariff, DataFeeTests.delivery(party: party, on: day)) == expected)
        }
    }

    @Test func aListHoldsFromItsFirstDay() throws {
        let tariff = DataFeeTests.tariff(DataFeeTests.fees)
        #expect(tariff.priceList(for: "x", on: BillingDay(year: 2026, month: 1, day: 1)) != nil)
        #expect(tariff.priceList(for: "x", on: BillingDay(year: 2025, month: 12, day: 31)) == nil)
    }

    @Test(
        arguments: [
            (0, 1000, false), (1000, 1000, true), (1000, 1999, true), (1000, 2000, false), (1000, 999, false),
            (.min, .max, false),
        ] as [(Int64, Int64, Bool)])
    func anExamIsFreeAgainWithinATime(_ lastCharged: Int64, _ at: Int64, _ isFree: Bool) throws {
        let tariff = DataFeeTests.tariff(DataFeeTests.fees, freeAgainWithin: 1000)
        let delivery = DataFeeTests.delivery(at: at, lastCharged: lastCharged)
        guard case .fee(let fee) = try tariff.fee(for: delivery) else {
            Issue.record("no fee")
            return
        }
        #expect(fee.metered.text == "4.50")
        #expect(fee.charged.text == (isFree ? "0.00" : "4.50"))
        #expect(try fee.charged.adding(fee.waived) == fee.metered)
        #expect(fee.explanation.hasSuffix("free, because the same exam was charged within the last 1s") == isFree)
    }

    @Test func withoutATimeNothingIsFreeAgain() throws {
        let tariff = DataFeeTests.tariff(DataFeeTests.fees)
        #expect(try DataFeeTests.charged(tariff, DataFeeTests.delivery(at: 5, lastCharged: 5)) == "4.50")
    }

    @Test func theFirstDeliveryIsNeverFree() throws {
        let tariff = DataFeeTests.tariff(DataFeeTests.fees, freeAgainWithin: .max)
        #expect(try DataFeeTests.charged(tariff, DataFeeTests.delivery()) == "4.50")
    }
}
