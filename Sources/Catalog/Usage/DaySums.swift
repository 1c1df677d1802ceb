// What the events of one day come to: the rows of `storage_day` and `fee_day` that a facility has of it.
//
// Pure. What is added in any order comes to the same.

internal import GRDB

/// The sums of a day.
struct DaySums: Equatable {
    /// What came and went in a tier.
    struct Storage: Equatable {
        var byteDelta: Int64 = 0
        var momentHigh: Int64 = 0
        var momentLow: Int64 = 0
        var eventCount: Int64 = 0
    }

    /// What had one fee.
    struct Fee: Equatable {
        var eventCount: Int64 = 0
        var waivedCount: Int64 = 0
        var metered: Int64 = 0
        var waived: Int64 = 0
    }

    /// By tier.
    var storage: [String: Storage] = [:]
    /// By the row of the fee.
    var fees: [Int64: Fee] = [:]

    /// - Parameter second: Since the day began.
    mutating func add(tier: String, byteCount: Int64, second: Int64) {
        let moment = UsageSums.moment(byteCount, second)
        var sum = storage[tier, default: Storage()]
        sum.byteDelta += byteCount
        sum.momentHigh += moment.high
        sum.momentLow += moment.low
        sum.eventCount += 1
        storage[tier] = sum
    }

    mutating func add(fee: Int64, metered: Int64, waived: Int64) {
        var sum = fees[fee, default: Fee()]
        sum.eventCount += 1
        sum.waivedCount += UsageSums.isWaived(metered: metered, waived: waived) ? 1 : 0
        sum.metered += metered
        sum.waived += waived
        fees[fee] = sum
    }

    init() {}

    /// What the database has of a day.
    init(_ database: Database, party: Int64, day: Int64) throws {
        let storage = try database.cachedStatement(sql: "SELECT * FROM storage_day WHERE party_id = ? AND day = ?")
        for row in try Row.fetchAll(storage, arguments: [party, day]) {
            self.storage[row["tier"]] = Storage(
                byteDelta: row["byte_delta"], momentHigh: row["moment_high"], momentLow: row["moment_low"],
                eventCount: row["event_count"])
        }
        let fees = try database.cachedStatement(sql: "SELECT * FROM fee_day WHERE party_id = ? AND day = ?")
        for row in try Row.fetchAll(fees, arguments: [party, day]) {
            self.fees[row["fee_id"]] = Fee(
                eventCount: row["event_count"], waivedCount: row["waived_count"], metered: row["metered"],
                waived: row["waived"])
        }
    }
}
