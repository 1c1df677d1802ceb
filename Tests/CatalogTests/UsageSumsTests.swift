// The usage ledger: one transaction of many acts is what one for each would be, and its sums are those of its events.

import Accounting
import Foundation
import GRDB
import Radiology
import TestSupport
import Testing

@testable import Catalog

@Suite struct UsageSumsTests {
    private static func movement(_ number: Int, kind: StorageMovement.Kind = .stored) -> MeteredUse {
        let isStored = kind == .stored
        return .movement(
            StorageMovement(
                id: "\(kind.rawValue):\(number)", kind: kind, party: "p\(number % 3)",
                atSeconds: 1_790_000_000 + Int64(number) * 7001, exam: "e\(number)", cause: "d",
                tier: isStored ? "fast" : "slow", fromTier: isStored ? nil : "fast",
                byteCount: Int64(number) * 50_000_017))
    }

    private static let uses =
        (1...200).map { movement($0) } + (1...50).map { movement($0 * 3, kind: .demoted) } + [movement(5)]

    private func catalog(_ folder: TemporaryFolder, _ name: String) throws -> Catalog {
        let catalog = try Catalog(path: "\(folder.path)/\(name).sqlite")
        try catalog.noteZones(["p0": "Asia/Kathmandu", "p1": "Australia/Lord_Howe", "p2": "UTC"])
        return catalog
    }

    private func rows(_ catalog: Catalog) throws -> [String] {
        try catalog.read { database in
            try ["usage_event", "storage_day", "storage_balance", "fee_day", "late_usage"].flatMap { table in
                try Row.fetchAll(database, sql: "SELECT * FROM \(table) ORDER BY rowid").map { "\(table) \($0)" }
            }
        }
    }

    @Test func manyActsInOneTransactionLeaveWhatOneForEachDoes() throws {
        let folder = try TemporaryFolder()
        let single = try catalog(folder, "single")
        for use in Self.uses { try single.meter([use]) }
        let together = try catalog(folder, "together")
        try together.meter(Self.uses)
        #expect(try rows(together) == rows(single))
        #expect(try rows(together).count > 250)
    }

    @Test func sumsAreThoseOfTheEvents() throws {
        let catalog = try catalog(try TemporaryFolder(), "c")
        try catalog.meter(Self.uses)
        #expect(try catalog.read { try SumsVerification(database: $0).findings().count } == 0)
        // Another zone has other days.
        try catalog.noteZones(["p2": "Asia/Tokyo"])
        #expect(try catalog.read { try SumsVerification(database: $0).findings().count } == 0)
        try catalog.write {
            try $0.execute(sql: "UPDATE storage_day SET moment_high = moment_high + 1 WHERE party_id = 1")
        }
        #expect(try catalog.read { try SumsVerification(database: $0).findings().count } == 1)
    }
}
