// A site with the usage ledger of one month, made once and kept: by the product's own way of writing facts, many acts in one
// transaction; and what one more act costs while the ledger grows.

import Accounting
import Catalog
import Files
import Foundation
import Pipeline

struct LedgerCorpus {
    let folder: String
    let eventCount: Int
    let facilityCount: Int

    static let month = BillingMonth(year: 2026, month: 10)
    static let zone = "Asia/Tokyo"
    /// When the month has ended.
    static let end = "2026-11-01T00:00:00+09:00"

    private static let actsInOne = 10_000
    /// At each mark so many acts are written one by one, and so many in transactions of a thousand.
    private static let singleCount = 100
    private static let thousands = 5
    private static var measuredCount: Int { singleCount + thousands * 1000 }

    var root: String { "\(folder)/invoice-\(eventCount)-\(facilityCount)" }
    var catalogPath: String { root + "/archive/catalog.sqlite" }
    private var growthPath: String { root + "/growth.json" }

    /// Makes it, where it is not there.
    func make() throws(BenchError) -> [LedgerGrowth] {
        if !Paths.exists(growthPath) { try fill() }
        return try BenchError.wrap {
            try JSONDecoder().decode([LedgerGrowth].self, from: Data(try Paths.read(growthPath)))
        }
    }

    private func fill() throws(BenchError) {
        try BenchError.wrap {
            if Paths.exists(root) { try OpenDirectory.open(folder).removeTree(FileName(Paths.lastComponent(of: root))) }
        }
        let facilities = InvoiceSite.facilities(facilityCount)
        let site = try InvoiceSite.open(try InvoiceSite.make(root: root, facilities: facilities, rentals: false))
        let calendar = try BenchError.wrap { try site.catalog.calendar(ofParty: facilities[0]) }
        let days = Self.month.days
        var uses = MadeUpUses(
            facilities: facilities, tariff: site.configuration.tariff,
            month: calendar.start(ofDay: days.lowerBound)..<calendar.start(ofDay: days.upperBound), count: eventCount)
        try BenchError.wrap {
            var growth: [LedgerGrowth] = []
            for mark in marks {
                while uses.made < mark - Self.measuredCount {
                    let acts = try uses.next(min(Self.actsInOne, mark - Self.measuredCount - uses.made))
                    try site.catalog.meter(acts)
                    if uses.made % 1_000_000 < Self.actsInOne { Progress.say("\(uses.made) of \(eventCount) events") }
                }
                growth.append(try measure(&uses, site.catalog))
            }
            try site.catalog.checkpoint()
            try site.catalog.close()
            try Paths.write(Array(try JSONEncoder().encode(growth)), to: growthPath)
        }
    }

    /// Powers of ten, and the whole.
    private var marks: [Int] {
        [10_000, 100_000, 1_000_000, 10_000_000].filter { $0 < eventCount } + [eventCount]
    }

    private func measure(_ uses: inout MadeUpUses, _ catalog: Catalog) throws -> LedgerGrowth {
        let singles = try uses.next(Self.singleCount).map { use in
            try Self.seconds { try catalog.meter([use]) }
        }
        var many: [Double] = []
        for _ in 0..<Self.thousands {
            let acts = try uses.next(1000)
            many.append(try Self.seconds { try catalog.meter(acts) } / Double(max(acts.count, 1)))
        }
        return LedgerGrowth(
            eventCount: uses.made, committedMilliseconds: Statistics.median(singles) * 1e3,
            microseconds: Statistics.median(many) * 1e6)
    }

    private static func seconds(_ body: () throws -> Void) rethrows -> Double {
        let start = SiteClock.monotonicNanoseconds
        try body()
        return Double(SiteClock.monotonicNanoseconds - start) / 1e9
    }
}

/// What one more act costs at a size of the ledger.
struct LedgerGrowth: Codable {
    let eventCount: Int
    /// Of a transaction with one act, on the disk.
    let committedMilliseconds: Double
    /// Of an act among a thousand in one transaction.
    let microseconds: Double
}
