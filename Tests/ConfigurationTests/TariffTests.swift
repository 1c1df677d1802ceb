import Configuration
import Testing

/// `tariff.yaml`.
struct TariffTests {
    @Test(arguments: [
        Mistake(
            "tariff.yaml", "rentals:\n",
            to:
                "rentals:\n  - {facility: northside, item: mammography-unit, serial: MG-12, from: 2026-03-01, to: null}\n",
            "26: rentals[1]: mammography-unit MG-12 is rented in line 25 at the same time; end one with `to`, or give another"
                + " `serial`"),
        Mistake(
            "tariff.yaml", "effective: 2026-01-01", to: "effective: 01.01.2026",
            "5: priceLists[0].effective: here stands \"01.01.2026\"; a date that exists is wanted, such as 2026-01-31"),
        Mistake(
            "tariff.yaml", "storageUnit: GB", to: "storageUnit: gb",
            "6: priceLists[0].storageUnit: here stands \"gb\"; did you mean \"GB\"?"),
        Mistake(
            "tariff.yaml", "fast: \"0.20\", slow", to: "fast: \"0,20\", slow",
            "7: priceLists[0].storage.fast: here stands \"0,20\"; a price (a decimal, 0 or more) is wanted, such as \"4.50\""
        ),
        Mistake(
            "tariff.yaml", "fast: \"0.20\", slow", to: "quick: \"0.20\", slow",
            "7: priceLists[0].storage: there is no storage tier \"quick\"; declared are: fast slow"),
        Mistake(
            "tariff.yaml", "fast: \"0.20\", slow", to: "fast: [{upTo: 50, price: \"0.2\"}], slow",
            "7: priceLists[0].storage.fast[0]: the last step ends at 50; write `upTo: null`, so that every amount has a price"
        ),
        Mistake(
            "tariff.yaml", "fast: \"0.20\", slow",
            to: "fast: [{upTo: null, price: \"0.2\"}, {upTo: null, price: \"0.1\"}], slow",
            "7: priceLists[0].storage.fast[0]: a step without end must be the last; give it an `upTo` or move it to the end"
        ),
        Mistake(
            "tariff.yaml", "fast: \"0.20\", slow",
            to: "fast: [{upTo: 50, price: \"0.2\"}, {upTo: 50, price: \"0.1\"}, {upTo: null, price: \"0.05\"}], slow",
            "7: priceLists[0].storage.fast[1]: this step ends at 50, not above 50, the end of the one before"),
        Mistake(
            "tariff.yaml", "storageMinimumDays: 0", to: "storageMinimumDays: 1.5",
            "9: priceLists[0].storageMinimumDays: here stands \"1.5\"; a whole number from 0 to 3650 is wanted"),
        Mistake(
            "tariff.yaml", "purpose: teaching", to: "purpose: research",
            "12: priceLists[0].dataFees[1].purpose: there is no purpose \"research\"; declared are: reading teaching treatment"
        ),
        Mistake(
            "tariff.yaml", "{purpose: teaching, fee: \"1.00\"}", to: "{fee: \"1.00\"}",
            "13: priceLists[0].dataFees[2]: the fee in line 12 is for the same; keep one of them"),
        Mistake(
            "tariff.yaml", "fee: \"2.00\"", to: "fee: \"-2.00\"",
            "13: priceLists[0].dataFees[2].fee: here stands \"-2.00\"; a price (a decimal, 0 or more) is wanted, such as \"4.50\""
        ),
        Mistake(
            "tariff.yaml", "fee: \"2.00\"", to: "fee: free",
            "13: priceLists[0].dataFees[2].fee: here stands \"free\"; a price (a decimal, 0 or more) is wanted, such as \"4.50\""
        ),
        Mistake(
            "tariff.yaml", "prorate: daily", to: "prorate: hourly",
            "16: priceLists[0].rents.mammography-unit.prorate: here stands \"hourly\"; one is wanted of: daily monthly"),
        Mistake(
            "tariff.yaml", "category: S", to: "category: X",
            "18: priceLists[0].tax.category: here stands \"X\"; one is wanted of: S AA Z E AE K G O"),
        Mistake(
            "tariff.yaml", "percent: \"20\"", to: "percent: \"0\"",
            "18: priceLists[0].tax.percent: the category S goes with a rate above 0, and here stands \"0\""),
        Mistake(
            "tariff.yaml", "category: S", to: "category: E",
            "18: priceLists[0].tax.percent: the category E goes with \"0\", or no rate, and here stands \"20\""),
        Mistake(
            "tariff.yaml", "freeAgainWithin: 0d", to: "freeAgainWithin: 0",
            "19: priceLists[0].freeAgainWithin: here stands \"0\"; a duration is wanted: a number with ms, s, m, h or d, such as 0s, 0m, 0h or 0d"
        ),
        Mistake(
            "tariff.yaml", "facilities: all", to: "facilities: [westside]",
            "21: priceLists[0].facilities[0]: there is no facility \"westside\"; declared are: northside southside"),
        Mistake(
            "tariff.yaml", "rentals:\n  - {facility: northside, item: mammography-unit",
            to: "rentals:\n  - {facility: northside, item: mamography-unit",
            "25: rentals[0].item: no price list of northside has a rent for \"mamography-unit\"; did you mean \"mammography-unit\"?"
        ),
        Mistake(
            "tariff.yaml", "from: 2026-01-15, to: null", to: "from: 2026-01-15, to: 2026-01-01",
            "25: rentals[0].to: the rental ends on 2026-01-01, not after it begins on 2026-01-15; give a later day or null"
        ),
        Mistake(
            "tariff.yaml", "rentals:\n",
            to: "  - {effective: 2026-01-01, tax: {category: Z}, rents: {client: {price: 1}}}\nrentals:\n",
            "24: priceLists[1]: the price list in line 5 begins on the same day for the same facilities; keep one"),
    ])
    func mistakesAreSaidWithTheirLine(_ mistake: Mistake) throws {
        try mistake.checkAlone()
    }

    @Test func graduatedPricesAreRead() throws {
        let steps = "fast: [{upTo: 50000, price: \"0.155\"}, {upTo: null, price: 0.15}]"
        let site = try ExampleSite.changing("tariff.yaml", "fast: \"0.20\"", to: steps).parsed()
        let fast = try #require(site.priceLists[0].storage["fast"])
        #expect(fast.map(\.price.text) == ["0.155", "0.15"])
        #expect(fast.map { $0.upTo?.text } == ["50000", nil])
    }

    @Test func aListForNamedFacilitiesMayStandBesideOneForAll() throws {
        let more = "  - {effective: 2026-01-01, tax: {category: AE}, facilities: [southside]}\nrentals:\n"
        let site = try ExampleSite.changing("tariff.yaml", "rentals:\n", to: more).parsed()
        #expect(site.priceLists.map(\.tax.category) == [.standard, .reverseCharge])
        #expect(site.priceLists[1].tax.percent == ExactDecimal(0))
        #expect(site.priceLists[1].freeAgainWithinMilliseconds == 0)
    }
}
