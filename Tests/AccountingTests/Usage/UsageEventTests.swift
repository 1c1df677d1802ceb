import Radiology
import Testing

@testable import Accounting

struct UsageEventTests {
    @Test func aDeliveryIsMeteredWithWhatIsWaived() throws {
        let tariff = DataFeeTests.tariff(DataFeeTests.fees, freeAgainWithin: 1000)
        let at = try #require(Instant(iso8601: "2026-11-20T10:15:00+09:00"))
        for lastCharged in [nil, 5] as [Int64?] {
            guard case .fee(let fee) = try tariff.fee(for: DataFeeTests.delivery(at: 6, lastCharged: lastCharged))
            else {
                Issue.record("no fee")
                return
            }
            let event = UsageEvent(
                dataFee: fee, id: "e-1", party: "northside", at: at, exam: "northside_A-1001", request: "R-77",
                purpose: "treatment")
            #expect(event.kind == .dataFee && event.unitCount == 1)
            #expect(event.unitPrice.description == "4.50")
            #expect(event.metered.text == "4.50")
            #expect(event.charged.text == (lastCharged == nil ? "4.50" : "0.00"))
            #expect(event.explanation == fee.explanation)
        }
    }
}
