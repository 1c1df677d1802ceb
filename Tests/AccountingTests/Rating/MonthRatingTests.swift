// What a month comes to: the worked example of object storage, windows, rents, bounds, and what comes late.

import Testing

@testable import Accounting

@Suite struct MonthRatingTests {
    static let gibibyte: Int64 = 1 << 30
    static let march = BillingMonth(year: 2026, month: 3)

    static func price(_ text: String) throws -> Price { try #require(Price(text)) }

    static func list(
        _ effective: BillingDay = BillingDay(year: 2026, month: 1, day: 1), fast: StoragePrice, rent: String = "900.00",
        isDaily: Bool = true, minimum: String? = nil, maximum: String? = nil, discount: String? = nil,
        minimumDays: Int = 0
    ) throws -> PriceList {
        PriceList(
            effective: effective, dataFees: [],
            terms: MonthlyTerms(
                storageUnitName: "GiB", storageUnitByteCount: gibibyte, storage: ["fast": fast],
                storageMinimumDays: minimumDays,
                rents: ["unit": MonthlyTerms.RentPrice(price: try price(rent), isDaily: isDaily)],
                tax: MonthlyTerms.Tax(category: .standard, percent: try price("20"), reason: nil),
                minimum: try minimum.map { try price($0) }, maximum: try maximum.map { try price($0) },
                discounts: try discount.map { ["northside": try price($0)] } ?? [:]))
    }

    static func flat(_ text: String) throws -> StoragePrice {
        StoragePrice(steps: [StoragePrice.Step(upTo: nil, price: try price(text))])
    }

    static func use(
        in month: BillingMonth = march, zone: String = "UTC", opening: Int64 = 0,
        _ movements: [(at: Int64, bytes: Int64)],
        deletions: [DeletedUse] = []
    ) throws -> MonthUse {
        let calendar = try #require(BillingCalendar(timeZone: zone))
        let days = Dictionary(grouping: movements) { calendar.day(at: $0.at) }.sorted { $0.key < $1.key }.map {
            day, all in
            StorageUse.Day(
                day: day, byteDelta: all.reduce(0) { $0 + $1.bytes },
                moment: all.reduce(0) { $0 + Int128($1.bytes) * Int128($1.at - calendar.start(ofDay: day)) },
                eventCount: all.count)
        }
        return MonthUse(
            party: "northside", month: month, timeZone: zone, boundaries: calendar.boundaries(month.days),
            storage: [StorageUse(tier: "fast", openingByteCount: opening, days: days)], deletions: deletions)
    }

    static func rating(_ lists: [PriceList], _ rentals: [Rental] = []) -> MonthRating {
        MonthRating(tariff: Tariff(currency: Currency("USD"), priceLists: lists), rentals: rentals)
    }

    static func net(_ rated: RatedMonth) throws -> String {
        try TaxTotals(rated.lines.map { ($0.amount, $0.tax) }, in: Currency("USD")).net.text
    }

    /// 100 GB for 15 days and 100 TB for 16 days of a month of 31.
    private func example() throws -> MonthUse {
        let start = Self.march.days.lowerBound * 86_400
        let large = 100 * Self.gibibyte << 10
        return try Self.use([(start, 100 * Self.gibibyte), (start + 15 * 86_400, large - 100 * Self.gibibyte)])
    }

    @Test func theWorkedExampleOfObjectStorage() throws {
        let use = try example()
        let rating = StorageRating(use: use, until: use.end)
        #expect(rating.byteSeconds(of: use.storage[0], in: use.days) / 3600 == 42_259_901_212_262_400)
        #expect(rating.byteSecondsByDay(of: use.storage[0]).reduce(0, +) / 3600 == 42_259_901_212_262_400)
        let steps = [("1024", "0.140"), ("51200", "0.125")].map { upTo, price in
            StoragePrice.Step(upTo: Price(upTo), price: Price(price) ?? .zero)
        }
        let last = StoragePrice.Step(upTo: nil, price: try Self.price("0.110"))
        let rated = try Self.rating([try Self.list(fast: StoragePrice(steps: steps + [last]))]).rate(use)
        #expect(rated.lines.map(\.amount.text) == ["143.36", "6272.00", "187.00"])
        #expect(rated.lines.map(\.quantity) == ["1024", "50176", "1700"])
        #expect(try Self.net(rated) == "6602.36")
        let volume = try Self.rating([try Self.list(fast: StoragePrice(steps: steps + [last], isByVolume: true))]).rate(
            use)
        #expect(volume.lines.map(\.quantity) == ["52900"] && volume.lines[0].amount.text == "5819.00")
    }

    @Test func aPriceThatChangesInMidMonthPartsTheLinesAndTheSteps() throws {
        let use = try Self.use(opening: 31 * Self.gibibyte, [])
        let lists = [
            try Self.list(fast: try Self.flat("1.00")),
            try Self.list(BillingDay(year: 2026, month: 3, day: 11), fast: try Self.flat("2.00")),
        ]
        let rated = try Self.rating(lists).rate(use)
        #expect(rated.lines.map(\.amount.text) == ["10.00", "42.00"])
        #expect(rated.lines.map { $0.days.count } == [10, 21])
        // Steps are as much shorter as their part of the month: what is constant pays the same.
        let steps = StoragePrice(steps: [
            StoragePrice.Step(upTo: try Self.price("30"), price: try Self.price("1.00")),
            StoragePrice.Step(upTo: nil, price: try Self.price("31.00")),
        ])
        let parted = [
            try Self.list(fast: steps), try Self.list(BillingDay(year: 2026, month: 3, day: 11), fast: steps),
        ]
        #expect(try Self.net(try Self.rating(parted).rate(use)) == Self.net(try Self.rating([parted[0]]).rate(use)))
    }

    @Test func aMissingPriceStopsTheMonth() throws {
        let use = try Self.use(opening: 1, [])
        #expect(throws: RatingError.self) { try Self.rating([]).rate(use) }
        let other = PriceList(effective: BillingDay(year: 2026, month: 1, day: 1), dataFees: [])
        #expect(throws: RatingError.noStoragePrice(party: "northside", tier: "fast", list: other.effective)) {
            try Self.rating([other]).rate(use)
        }
        // Nothing is kept, and nothing is missing.
        #expect(try Self.rating([]).rate(try Self.use([])).lines.isEmpty)
    }

    @Test func rentsGoByTheDayAndASwapIsOneMonth() throws {
        let start = Self.march.days.lowerBound
        let first = Rental(party: "northside", item: "unit", serial: "A", from: start - 9, to: start + 10)
        let waiver = Rental.Waiver(days: start + 20..<start + 22, reason: "broken")
        let second = Rental(party: "northside", item: "unit", serial: "B", from: start + 10, to: nil, waivers: [waiver])
        let daily = try Self.rating([try Self.list(fast: try Self.flat("1"), rent: "31.00")], [first, second])
            .rate(try Self.use([]))
        #expect(daily.lines.map(\.amount.text) == ["10.00", "19.00"])
        #expect(daily.lines[1].description.contains("2 days waived (broken)"))
        let monthly = try Self.rating(
            [try Self.list(fast: try Self.flat("1"), rent: "31.00", isDaily: false)], [first, second]
        ).rate(try Self.use([]))
        #expect(monthly.lines.map(\.amount.text) == ["31.00"])
    }

    /// Amounts of things that are rented by the month, at 31.00.
    private func monthly(_ rentals: [Rental]) throws -> [String] {
        let list = try Self.list(fast: try Self.flat("1"), rent: "31.00", isDaily: false)
        return try Self.rating([list], rentals).rate(try Self.use([])).lines.map(\.amount.text)
    }

    @Test func aThingGoesOnForOneOther() throws {
        let start = Self.march.days.lowerBound
        func rental(_ serial: String, _ from: Int64, _ to: Int64?, waived: Range<Int64>? = nil) -> Rental {
            Rental(
                party: "northside", item: "unit", serial: serial, from: start + from, to: to.map { start + $0 },
                waivers: waived.map {
                    [Rental.Waiver(days: start + $0.lowerBound..<start + $0.upperBound, reason: nil)]
                } ?? [])
        }
        // One is given back and two come: the second is another one.
        #expect(try monthly([rental("A", -9, 10), rental("B", 10, nil), rental("C", 10, nil)]).count == 2)
        #expect(try monthly([rental("A", -9, 10), rental("B", -9, 10), rental("C", 10, nil)]).count == 2)
        // One after the other, the whole month.
        #expect(try monthly([rental("A", -9, 10), rental("B", 10, 20), rental("C", 20, nil)]) == ["31.00"])
        // What was not charged does not pay for what comes after it.
        #expect(try monthly([rental("A", -9, 10, waived: 0..<10), rental("B", 10, nil)]) == ["31.00"])
        #expect(try monthly([rental("A", -9, 10), rental("B", 10, nil, waived: 10..<31)]) == ["31.00"])
        // The same one comes back.
        #expect(try monthly([rental("A", -9, 10), rental("A", 15, nil)]) == ["31.00"])
        #expect(try monthly([rental("A", -9, 0), rental("A", 15, nil)]) == ["31.00"])
        #expect(try monthly([rental("A", -9, 10), rental("B", 15, nil)]).count == 2)
    }

    @Test func aRateStandsOnceWithAllReasons() throws {
        func tax(_ category: TaxCategory, _ percent: String, _ reason: String? = nil) throws -> MonthlyTerms.Tax {
            MonthlyTerms.Tax(category: category, percent: try Self.price(percent), reason: reason)
        }
        let euro = Currency("EUR")
        let lines = [
            (481, try tax(.standard, "20")), (513, try tax(.standard, "20.0")), (100, try tax(.exempt, "0", "y")),
            (100, try tax(.exempt, "0", "x")), (100, try tax(.exempt, "0", "y")),
        ].map { (amount: Money(minorUnits: Int64($0), currency: euro), tax: $1) }
        let totals = try TaxTotals(lines, in: euro)
        #expect(totals.taxes.map(\.tax.reason) == ["y; x", nil] && totals.taxes.map(\.base.text) == ["3.00", "9.94"])
        #expect(totals.taxes.map(\.amount.text) == ["0.00", "1.99"])
    }

    @Test func discountsMinimumAndCap() throws {
        let use = try Self.use(opening: 100 * Self.gibibyte, [])
        let discounted = try Self.rating([try Self.list(fast: try Self.flat("1"), discount: "10")]).rate(use)
        #expect(discounted.lines.map(\.amount.text) == ["100.00", "-10.00"])
        let least = try Self.rating([try Self.list(fast: try Self.flat("1"), minimum: "150.00")]).rate(use)
        #expect(least.lines.map(\.kind) == [.storage, .minimum])
        #expect(try Self.net(least) == "150.00")
        let most = try Self.rating([try Self.list(fast: try Self.flat("1"), maximum: "80.00")]).rate(use)
        #expect(most.lines.map(\.kind) == [.storage, .adjustment])
        #expect(try Self.net(most) == "80.00")
        #expect(
            try Self.rating([try Self.list(fast: try Self.flat("1"), minimum: "150.00")]).rate(try Self.use([])).lines
                .isEmpty)
    }

    @Test func whatIsDeletedEarlyIsChargedToTheLeastNumberOfDays() throws {
        let start = Self.march.days.lowerBound * 86_400
        let bytes = 31 * Self.gibibyte
        let gone = DeletedUse(tier: "fast", byteCount: bytes, atSeconds: start + 5 * 86_400, sinceSeconds: start)
        let use = try Self.use([(start, bytes), (start + 5 * 86_400, -bytes)], deletions: [gone])
        #expect(
            try Self.net(try Self.rating([try Self.list(fast: try Self.flat("1"), minimumDays: 12)]).rate(use))
                == "12.00")
        #expect(try Self.net(try Self.rating([try Self.list(fast: try Self.flat("1"))]).rate(use)) == "5.00")
    }

    @Test func whatIsLateComesToTheDifference() throws {
        let start = Self.march.days.lowerBound * 86_400
        let steps = StoragePrice(steps: [
            StoragePrice.Step(upTo: try Self.price("10"), price: try Self.price("2.00")),
            StoragePrice.Step(upTo: nil, price: try Self.price("1.00")),
        ])
        let rating = Self.rating([try Self.list(fast: steps)])
        let before = try rating.rate(try Self.use(opening: 8 * Self.gibibyte, []))
        let all = try Self.use(opening: 8 * Self.gibibyte, [(start, 4 * Self.gibibyte)])
        let late = try rating.rateLate(all, billed: before.billed, eventCounts: ["fast": 1])
        #expect(late.lines.map(\.amount.text) == ["4.00", "2.00"] && late.lines.allSatisfy { $0.kind == .late })
        #expect(try rating.rateLate(all, billed: before.billed + late.billed, eventCounts: ["fast": 1]).lines.isEmpty)
        let discounted = Self.rating([try Self.list(fast: steps, discount: "10")])
        let off = try discounted.rateLate(all, billed: before.billed, eventCounts: ["fast": 1]).lines
        #expect(off.map(\.amount.text) == ["4.00", "2.00", "-0.60"] && off[2].kind == .adjustment)
        #expect(off[2].description == "Discount of 10% on 6.00, told late for 2026-03")
    }

    @Test func whatIsLateByVolumeHasAllOfItAtThePriceThatIsReached() throws {
        let start = Self.march.days.lowerBound * 86_400
        let steps = [("10", "2.00"), (nil, "1.00")].map { upTo, price in
            StoragePrice.Step(upTo: upTo.flatMap { Price($0) }, price: Price(price) ?? .zero)
        }
        let rating = Self.rating([try Self.list(fast: StoragePrice(steps: steps, isByVolume: true))])
        let before = try rating.rate(try Self.use(opening: 8 * Self.gibibyte, []))
        #expect(try Self.net(before) == "16.00")
        let more = try Self.use(opening: 8 * Self.gibibyte, [(start, 4 * Self.gibibyte)])
        let late = try rating.rateLate(more, billed: before.billed, eventCounts: ["fast": 1])
        #expect(late.lines.map(\.amount.text) == ["-16.00", "12.00"])
        // And back, when it is told to be gone.
        let back = try rating.rateLate(
            try Self.use(opening: 8 * Self.gibibyte, []), billed: before.billed + late.billed, eventCounts: ["fast": 1])
        #expect(try Self.net(back) == "4.00")
    }
}
