// Whole sites that a seed made, invoiced night by night: what is invoiced, what is not yet, and what is waived come to what was
// metered, whatever is told when. $FILMROOM_HISTORIES says how many histories, as 100000; a facility's is one.

import Accounting
import Foundation
import Radiology
import TestSupport
import Testing

@testable import Catalog
@testable import Configuration
@testable import Stages

@Suite struct RandomHistoriesOfSitesTests {
    private static let facilityCount = 10

    @Test func invoicedUnbilledAndWaivedComeToWhatWasMetered() throws {
        let count = ProcessInfo.processInfo.environment["FILMROOM_HISTORIES"].flatMap { Int($0) } ?? 20
        for number in 0..<max(1, count / Self.facilityCount) {
            try checkSite(seed: UInt64(20_281_128 + number))
        }
    }

    private func checkSite(seed: UInt64) throws {
        let one = try documents(seed: seed, isShuffled: false)
        // Any order of arrival, and two runs.
        let other = try documents(seed: seed, isShuffled: true)
        #expect(one == other, "seed \(seed): another order of arrival")
    }

    /// Runs a site through its nights, and holds it against the plain account.
    ///
    /// - Returns: The JSON of all documents, in the order of their issue.
    private func documents(seed: UInt64, isShuffled: Bool) throws -> [[UInt8]] {
        var random = SplitMix(seed: seed)
        let site = try RandomSite(facilityCount: Self.facilityCount, &random)
        let nights = random.nights(from: RandomSite.firstNight)
        let first = try site.open(night: 0, at: nights[0])
        var uses: [String: [ToldUse]] = [:]
        for facility in site.facilities {
            var maker = RandomUses(facility: facility, tariff: site.tariff, nights: nights)
            uses[facility] = try maker.uses(&random, calendar: try first.catalog.calendar(ofParty: facility))
        }
        try first.catalog.close()
        var order = SplitMix(seed: seed ^ 0xFFFF)
        var notes = SplitMix(seed: seed ^ 0xAAAA)
        for night in 1..<nights.count {
            let context = try site.open(night: night, at: nights[night])
            var told = site.facilities.flatMap { uses[$0, default: []] }.filter { $0.night == night }
            if isShuffled { told.shuffle(using: &order) }
            try context.catalog.meter(told.map(\.use))
            try run(context, seed)
            if night > 3 { try NoteMaker(site: context).makeSome(&notes) }
            if night == nights.count - 1 { try check(context, uses, seed) }
            try context.catalog.close()
        }
        let last = try site.open(night: nights.count - 1, at: nights[nights.count - 1])
        try NoteMaker(site: last).creditAll()
        try checkOwed(last, seed)
        return try last.catalog.invoices().map(\.document)
    }

    /// A dry run says what the run then does.
    private func run(_ site: SiteContext, _ seed: UInt64) throws {
        func text(_ report: InvoiceReport) -> [String] {
            report.failures
                + (report.issued + report.drafts).map {
                    "\($0.facility) \($0.month) \($0.number ?? "") \($0.net) \($0.total)"
                }
        }
        let dry = try InvoiceRun(site: site, only: nil, isDry: true).run()
        let real = try InvoiceRun(site: site, only: nil, isDry: false).run()
        #expect(text(dry) == text(real) && real.failures.isEmpty, "seed \(seed)")
    }

    /// When all is credited, nobody owes anything: neither net nor tax.
    private func checkOwed(_ site: SiteContext, _ seed: UInt64) throws {
        var owed: [String: (net: Int64, total: Int64)] = [:]
        for invoice in try site.catalog.invoices().map(\.invoice) {
            let sign: Int64 = invoice.kind == .creditNote ? -1 : 1
            owed[invoice.facility, default: (0, 0)].net += sign * invoice.net.minorUnits
            owed[invoice.facility, default: (0, 0)].total += sign * invoice.total.minorUnits
        }
        #expect(owed.filter { $0.value != (0, 0) }.isEmpty, "seed \(seed)")
    }

    private func check(_ site: SiteContext, _ uses: [String: [ToldUse]], _ seed: UInt64) throws {
        #expect(try site.catalog.accountFindings().filter { !$0.contains("is charged for") } == [], "seed \(seed)")
        let all = try site.catalog.invoices().map(\.invoice)
        for mark in ["", "C", "D"] {
            let numbers = all.compactMap(\.number).filter {
                $0.count == 11 + mark.count && $0.dropFirst(5).hasPrefix(mark)
            }
            #expect(numbers.map { Int($0.suffix(6)) } == numbers.indices.map { $0 + 1 }, "seed \(seed): numbers")
        }
        for (facility, uses) in uses {
            let calendar = try site.catalog.calendar(ofParty: facility)
            let account = PlainAccount(
                facility: facility, uses: uses, tariff: site.configuration.tariff, calendar: calendar,
                now: site.clock.seconds)
            let running = BillingMonth(ofDay: calendar.day(at: site.clock.seconds))
            let draft = try site.catalog.draft(party: facility, month: running)
            let documents = all.filter { $0.facility == facility && $0.kind == .invoice } + (draft.map { [$0] } ?? [])
            let check = AccountCheck(account: account, documents: documents, running: running)
            let rentals = site.configuration.rentals.filter { $0.facility == facility }
            #expect(
                try check.storage() + check.fees() + check.rents(rentals) + check.sums() == [],
                "seed \(seed) \(facility)")
        }
    }
}
