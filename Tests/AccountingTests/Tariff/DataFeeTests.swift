import Radiology
import Testing

@testable import Accounting

/// Which fee a delivery has.
struct DataFeeTests {
    static let euro = Currency("EUR")
    static let january = BillingDay(year: 2026, month: 1, day: 1)
    static let july = BillingDay(year: 2026, month: 7, day: 1)

    static func price(_ cents: Int64) -> Price { Price(unscaled: cents, scale: 2) ?? zero }
    private static let zero: Price = {
        guard let price = Price(unscaled: 0, scale: 0) else { preconditionFailure("0 is a price") }
        return price
    }()

    /// The contract's fees.
    static let fees = [
        DataFee(modality: "MG", purpose: "treatment", fee: price(450)), DataFee(purpose: "teaching", fee: price(100)),
        DataFee(fee: price(200)),
    ]

    static func tariff(_ fees: [DataFee], freeAgainWithin: Int64 = 0) -> Tariff {
        Tariff(
            currency: euro,
            priceLists: [PriceList(effective: january, dataFees: fees, freeAgainWithinMilliseconds: freeAgainWithin)])
    }

    static func delivery(
        _ modalities: Set<String> = ["MG"], _ purpose: String = "treatment", party: String = "northside",
        on day: BillingDay = july, at: Int64 = 0, bodyParts: Set<String> = [], procedures: Set<String> = [],
        lastCharged: Int64? = nil
    ) -> DeliveredExam {
        DeliveredExam(
            party: party, purpose: purpose, day: day, atMilliseconds: at, modalities: modalities, bodyParts: bodyParts,
            procedures: procedures, lastChargedMilliseconds: lastCharged)
    }

    static func charged(_ tariff: Tariff, _ delivery: DeliveredExam) throws -> String? {
        guard case .fee(let fee) = try tariff.fee(for: delivery) else { return nil }
        return fee.charged.text
    }

    @Test(
        arguments: [
            (["MG"], "treatment", "4.50"), (["MG"], "teaching", "1.00"), (["CT"], "treatment", "2.00"),
            (["CT", "MG"], "treatment", "4.50"), (["CT"], "teaching", "1.00"), ([], "treatment", "2.00"),
            (["mg"], "treatment", "2.00"), (["MG"], "reading", "2.00"),
        ] as [(Set<String>, String, String)])
    func theMostSpecificFeeWins(_ modalities: Set<String>, _ purpose: String, _ expected: String) throws {
        for fees in [Self.fees, Self.fees.reversed()] {
            #expect(try Self.charged(Self.tariff(fees), Self.delivery(modalities, purpose)) == expected)
        }
    }

    @Test func everyConditionCountsAndMustHold() throws {
        let fees = [
            DataFee(fee: Self.price(1)), DataFee(modality: "MG", fee: Self.price(2)),
            DataFee(modality: "MG", bodyPart: "BREAST", fee: Self.price(3)),
            DataFee(modality: "MG", bodyPart: "BREAST", procedure: "P1", fee: Self.price(4)),
            DataFee(modality: "MG", bodyPart: "BREAST", procedure: "P1", purpose: "treatment", fee: Self.price(5)),
            DataFee(
                modality: "MG", bodyPart: "BREAST", procedure: "P1", purpose: "treatment", party: "northside",
                fee: Self.price(6)),
        ]
        let tariff = Self.tariff(fees)
        func fee(_ bodyParts: Set<String>, _ procedures: Set<String>, _ purpose: String, _ party: String) throws
            -> String?
        {
            try Self.charged(
                tariff, Self.delivery(["MG"], purpose, party: party, bodyParts: bodyParts, procedures: procedures))
        }
        #expect(try fee(["BREAST"], ["P1"], "treatment", "northside") == "0.06")
        #expect(try fee(["BREAST"], ["P1"], "treatment", "southside") == "0.05")
        #expect(try fee(["BREAST"], ["P1"], "teaching", "northside") == "0.04")
        #expect(try fee(["BREAST"], ["P2"], "treatment", "northside") == "0.03")
        #expect(try fee(["CHEST"], ["P1"], "treatment", "northside") == "0.02")
    }

    @Test func ofTwoThatNameAsMuchTheFirstWins() throws {
        let fees = [DataFee(modality: "MG", fee: Self.price(1)), DataFee(purpose: "treatment", fee: Self.price(2))]
        #expect(try Self.charged(Self.tariff(fees), Self.delivery()) == "0.01")
        #expect(try Self.charged(Self.tariff(fees.reversed()), Self.delivery()) == "0.02")
    }

    @Test func theReasonIsSaid() throws {
        guard case .fee(let fee) = try Self.tariff(Self.fees).fee(for: Self.delivery()) else {
            Issue.record("no fee")
            return
        }
        #expect(
            fee.explanation
                == "price list of 2026-01-01: 4.50 EUR for modality MG, purpose treatment, the most specific of 2 that fit"
        )
        let only = try Self.tariff([DataFee(fee: Self.price(0))]).fee(for: Self.delivery())
        guard case .fee(let none) = only else {
            Issue.record("no fee")
            return
        }
        #expect(none.explanation == "price list of 2026-01-01: 0.00 EUR for any exam, the only fee that fits")
        #expect(none.waived == .zero(Self.euro))
    }

    @Test func whatHasNoPriceIsSaidToHaveNone() throws {
        let day = BillingDay(year: 2025, month: 12, day: 31)
        #expect(
            try Self.tariff(Self.fees).fee(for: Self.delivery(on: day))
                == .unpriced("no price list holds for northside on 2025-12-31"))
        #expect(
            try Self.tariff([DataFee(modality: "CT", fee: Self.price(1))]).fee(for: Self.delivery())
                == .unpriced("the price list of 2026-01-01 has no data fee that fits"))
    }
}
