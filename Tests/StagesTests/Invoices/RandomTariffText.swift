// Price lists and rentals that a seed made, as a person writes them in tariff.yaml: every kind of price, one or two lists for
// each facility, the second from any day of the middle months.

import TestSupport

struct RandomTariffText {
    private(set) var lists: [String] = []
    private(set) var rentals: [String] = []

    mutating func add(facility: String, _ random: inout SplitMix) {
        var days = ["2026-01-01"]
        if Bool.random(using: &random) {
            let day = Int.random(in: 1...28, using: &random)
            days.append("2028-0\(Int.random(in: 2...4, using: &random))-\(String(100 + day).suffix(2))")
        }
        let isDaily = Bool.random(using: &random)
        for day in days { lists.append(Self.list(facility, from: day, isDaily: isDaily, &random)) }
        for serial in 0..<Int.random(in: 0...3, using: &random) { addRental(facility, serial, &random) }
    }

    private static func list(_ facility: String, from day: String, isDaily: Bool, _ random: inout SplitMix) -> String {
        func pick<Element>(_ choices: [Element]) -> Element {
            choices[Int.random(in: 0..<choices.count, using: &random)]
        }
        let tax = pick(["{category: S, percent: \"19.6\"}", "{category: AA, percent: \"5.50\"}", "{category: E}"])
        let bound = pick(["", "", "minimum: \"25\", ", "maximum: \"4.5\", "])
        let discount = pick(["", "discounts: {\(facility): \"7.5\"}, "])
        let steps = pick(["graduated", "volume"])
        return """
              - {effective: \(day), storageUnit: MB, storageSteps: \(steps), storageMinimumDays: \(pick([0, 0, 10, 45])),
                 storage: {fast: \(pick(Self.prices)), slow: \(pick(Self.prices))}, freeAgainWithin: \(pick(["0d", "10d", "45d"])),
                 dataFees: [{purpose: teaching, fee: "\(pick(["0.3335", "0"]))"}, {fee: "\(pick(["1.005", "2.00"]))"}],
                 rents: {unit: {price: "99.99", prorate: \(isDaily ? "daily" : "monthly")}}, \(bound)\(discount)
                 tax: \(tax), facilities: [\(facility)]}
            """
    }

    private static let prices = [
        "\"0.20\"", "\"0.0333\"", "\"0\"",
        "[{upTo: \"1\", price: \"0\"}, {upTo: \"3.5\", price: \"1.25\"}, {upTo: null, price: \"0.777\"}]",
    ]

    private mutating func addRental(_ facility: String, _ serial: Int, _ random: inout SplitMix) {
        let from = Int.random(in: 1...28, using: &random)
        let months = Int.random(in: 0...2, using: &random)
        func day(_ month: Int, _ day: Int) -> String { "2028-0\(month)-\(String(100 + day).suffix(2))" }
        let to = Bool.random(using: &random) ? day(3 + months, Int.random(in: 1...28, using: &random)) : "null"
        let waiver = Int.random(in: 1...20, using: &random)
        rentals.append(
            "  - {facility: \(facility), item: unit, serial: \(facility)-\(serial), from: \(day(2, from)), to: \(to),"
                + " waivers: [{from: \(day(3, waiver)), to: \(day(3, waiver + 5)), reason: broken}]}")
    }

    var text: String {
        "priceLists:\n" + lists.joined(separator: "\n") + "\nrentals:\(rentals.isEmpty ? " []" : "")\n"
            + rentals.joined(separator: "\n") + "\n"
    }
}
