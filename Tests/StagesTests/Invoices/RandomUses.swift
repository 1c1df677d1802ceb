// What a facility used, as a seed made it, and in which night each use is told: most the night after, some weeks late.

import Accounting
import Catalog
import Radiology
import TestSupport

/// A use and the night before which it is told.
struct ToldUse {
    let use: MeteredUse
    let night: Int

    var movement: StorageMovement? { if case .movement(let movement) = use { movement } else { nil } }
    var fee: UsageEvent? { if case .fee(let event) = use { event } else { nil } }
}

struct RandomUses {
    let facility: String
    let tariff: Tariff
    /// Of the nights, in seconds since 1970.
    let nights: [Int64]
    private var nextExam = 0

    init(facility: String, tariff: Tariff, nights: [Int64]) {
        self.facility = facility
        self.tariff = tariff
        self.nights = nights
    }

    mutating func uses(_ random: inout SplitMix, calendar: BillingCalendar) throws -> [ToldUse] {
        var uses: [ToldUse] = []
        for _ in 0..<Int.random(in: 1...4, using: &random) { uses += exam(&random, calendar) }
        return try uses + deliveries(&random, calendar)
    }

    /// A time between two, and now and then the very beginning of a day.
    private func time(_ range: Range<Int64>, _ calendar: BillingCalendar, _ random: inout SplitMix) -> Int64 {
        let time = Int64.random(in: range, using: &random)
        guard Int.random(in: 0..<4, using: &random) == 0 else { return time }
        return max(range.lowerBound, calendar.start(ofDay: calendar.day(at: time)))
    }

    private func night(of time: Int64, notBefore: Int, _ random: inout SplitMix) -> Int {
        let first = nights.firstIndex { $0 > time } ?? nights.count - 1
        let late = Int.random(in: 0..<4, using: &random) == 0 ? Int.random(in: 1...3, using: &random) : 0
        return min(nights.count - 1, max(first + late, notBefore))
    }

    /// One exam that comes, may go from tier to tier, and may be deleted.
    private mutating func exam(_ random: inout SplitMix, _ calendar: BillingCalendar) -> [ToldUse] {
        nextExam += 1
        let (key, bytes) = ("\(facility)_\(nextExam)", Int64.random(in: 1...4_000_000, using: &random))
        let stored = time(nights[0]..<nights[nights.count - 1] - 1, calendar, &random)
        var (at, tier, told) = (stored, "fast", night(of: stored, notBefore: 0, &random))
        var uses: [ToldUse] = []
        func add(_ kind: StorageMovement.Kind, to: String?, from: String?, since: Int64? = nil) {
            let movement = StorageMovement(
                id: "\(kind.rawValue):\(key):\(uses.count)", kind: kind, party: facility, atSeconds: at, exam: key,
                cause: "d-000001", tier: to, fromTier: from, byteCount: bytes, sinceSeconds: since)
            uses.append(ToldUse(use: .movement(movement), night: told))
        }
        add(.stored, to: tier, from: nil)
        for _ in 0..<Int.random(in: 0...3, using: &random) where at + 2 < nights[nights.count - 1] {
            at = time(at + 1..<nights[nights.count - 1], calendar, &random)
            told = night(of: at, notBefore: told, &random)
            if Int.random(in: 0..<3, using: &random) == 0 {
                add(.deleted, to: nil, from: tier, since: stored)
                return uses
            }
            let other = tier == "fast" ? "slow" : "fast"
            add(other == "slow" ? .demoted : .recalled, to: other, from: tier)
            tier = other
        }
        return uses
    }

    /// Deliveries of two exams under two purposes, in the order of time, each with the fee that it had then.
    private func deliveries(_ random: inout SplitMix, _ calendar: BillingCalendar) throws -> [ToldUse] {
        let times = (0..<Int.random(in: 0...7, using: &random))
            .map { _ in time(nights[0]..<nights[nights.count - 1] - 1, calendar, &random) }.sorted()
        var charged: [String: Int64] = [:]
        return try times.enumerated().compactMap { index, at in
            let purpose = Bool.random(using: &random) ? "treatment" : "teaching"
            let exam = "\(facility)_\(Int.random(in: 1...2, using: &random))"
            let delivery = DeliveredExam(
                party: facility, purpose: purpose, day: BillingDay(number: calendar.day(at: at)),
                atMilliseconds: at * 1000, modalities: ["MG"], lastChargedMilliseconds: charged["\(exam) \(purpose)"])
            guard case .fee(let fee) = try tariff.fee(for: delivery), let instant = Instant(iso8601: calendar.text(at))
            else { return nil }
            if fee.charged.minorUnits > 0 { charged["\(exam) \(purpose)"] = at * 1000 }
            let event = UsageEvent(
                dataFee: fee, id: "dataFee:\(facility):\(index)", party: facility, at: instant, exam: exam,
                request: "R-\(index)", purpose: purpose)
            return ToldUse(use: .fee(event), night: night(of: at, notBefore: 0, &random))
        }
    }
}
