// Made-up uses of a month by many facilities, in the order of time: exams that are stored, moved, deleted and delivered.
//
// The same numbers give the same uses on every machine. Memory: 4 bytes for each exam.

import Accounting
import Catalog
import Consensus
import Radiology

struct MadeUpUses {
    /// An exam is deleted, slow or fast by where its number lies.
    private struct Exams {
        var byteCounts: [Int32] = []
        var deletedCount = 0
        var demotedCount = 0
    }

    let facilities: [String]
    let tariff: Tariff
    let month: Range<Int64>
    /// Of the whole month.
    let count: Int
    private(set) var made = 0
    private var exams: [Exams]
    private var random = SplitMix64(seed: 20_261_001)

    static let purposes = ["treatment", "teaching", "research"]
    private static let largestByteCount = 20_000_000

    /// - Parameter month: Seconds since 1970.
    init(facilities: [String], tariff: Tariff, month: Range<Int64>, count: Int) {
        self.facilities = facilities
        self.tariff = tariff
        self.month = month
        self.count = count
        exams = Array(repeating: Exams(), count: facilities.count)
    }

    /// The next ones; fewer at the end of the month.
    mutating func next(_ number: Int) throws -> [MeteredUse] {
        try (0..<min(number, count - made)).map { _ in try next() }
    }

    private mutating func next() throws -> MeteredUse {
        let at = month.lowerBound + Int64(made) * Int64(month.count) / Int64(count)
        defer { made += 1 }
        let facility = random.index(below: facilities.count)
        let drawn = random.index(below: 100)
        let own = exams[facility]
        return switch drawn {
        case 60..<68 where own.demotedCount < own.byteCounts.count: demotion(facility, at)
        case 68..<70 where own.deletedCount < own.demotedCount: deletion(facility, at)
        case 70..<71 where own.deletedCount < own.demotedCount: recall(facility, at)
        case 71... where !own.byteCounts.isEmpty: try delivery(facility, at)
        default: storing(facility, at)
        }
    }

    private func key(_ facility: Int, _ exam: Int) -> String { "\(facilities[facility])_A-\(exam)" }

    private mutating func storing(_ facility: Int, _ at: Int64) -> MeteredUse {
        let exam = exams[facility].byteCounts.count
        let byteCount = 1 + random.index(below: Self.largestByteCount)
        exams[facility].byteCounts.append(Int32(byteCount))
        let drop = "d-\(1_000_000 + made)"
        return .movement(
            StorageMovement(
                id: "stored:\(drop):\(key(facility, exam)):fast", kind: .stored, party: facilities[facility],
                atSeconds: at, exam: key(facility, exam), cause: drop, tier: "fast", byteCount: Int64(byteCount)))
    }

    private mutating func demotion(_ facility: Int, _ at: Int64) -> MeteredUse {
        defer { exams[facility].demotedCount += 1 }
        return moved(.demoted, facility, exams[facility].demotedCount, from: "fast", to: "slow", at)
    }

    private mutating func recall(_ facility: Int, _ at: Int64) -> MeteredUse {
        exams[facility].demotedCount -= 1
        return moved(.recalled, facility, exams[facility].demotedCount, from: "slow", to: "fast", at)
    }

    private mutating func deletion(_ facility: Int, _ at: Int64) -> MeteredUse {
        defer { exams[facility].deletedCount += 1 }
        return moved(.deleted, facility, exams[facility].deletedCount, from: "slow", to: nil, at)
    }

    private func moved(
        _ kind: StorageMovement.Kind, _ facility: Int, _ exam: Int, from: String, to: String?, _ at: Int64
    ) -> MeteredUse {
        .movement(
            StorageMovement(
                id: "\(kind.rawValue):\(made):\(key(facility, exam)):\(from)", kind: kind, party: facilities[facility],
                atSeconds: at, exam: key(facility, exam), cause: "o-\(made)", tier: to, fromTier: from,
                byteCount: Int64(exams[facility].byteCounts[exam]), sinceSeconds: kind == .deleted ? at : nil))
    }

    /// One in ten is free.
    private mutating func delivery(_ facility: Int, _ at: Int64) throws -> MeteredUse {
        let exam = key(facility, random.index(below: exams[facility].byteCounts.count))
        let purpose = Self.purposes[random.index(below: Self.purposes.count)]
        let isFree = random.index(below: 10) == 0
        let party = facilities[facility]
        let delivered = DeliveredExam(
            party: party, purpose: purpose, day: BillingDay(number: at / 86_400), atMilliseconds: at * 1000,
            modalities: ["MG"], lastChargedMilliseconds: isFree ? at * 1000 : nil)
        guard case .fee(let fee) = try tariff.fee(for: delivered) else {
            throw BenchError.wrongResult("a delivery has no price")
        }
        let request = "R-\(made)"
        return .fee(
            UsageEvent(
                dataFee: fee, id: "dataFee:\(party):\(request):\(exam)", party: party,
                at: try Self.instant(at), exam: exam, request: request, purpose: purpose))
    }

    private static func instant(_ seconds: Int64) throws -> Instant {
        func two(_ value: Int64) -> String { String(String(100 + value).dropFirst()) }
        let (day, second) = seconds.quotientAndRemainder(dividingBy: 86_400)
        let time = [second / 3600, second / 60 % 60, second % 60].map(two).joined(separator: ":")
        guard let instant = Instant(iso8601: "\(BillingDay(number: day))T\(time)Z") else {
            throw BenchError.failed("\(seconds) is no time")
        }
        return instant
    }
}
