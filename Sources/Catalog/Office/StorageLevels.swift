// How much is stored, by facility and tier, and how it came to that in the last days. Reads only.
//
// The bytes are those that are charged: of images, as the usage ledger has them. A facility's days are those of its time zone.

internal import GRDB

/// What a facility has in a tier now.
package struct StorageBalance: Sendable, Equatable {
    package let facility: String
    package let tier: String
    package let byteCount: Int64
}

/// What came to a tier on a day, less what left it; of all facilities.
package struct StorageDelta: Sendable, Equatable {
    package let tier: String
    /// Days since 1970-01-01.
    package let day: Int64
    package let byteCount: Int64
}

extension Catalog {
    package func storageBalances() throws(CatalogError) -> [StorageBalance] {
        try read { database in
            try Row.fetchAll(
                database,
                kept: """
                    SELECT name, tier, byte_count FROM storage_balance JOIN party ON party.id = party_id
                    ORDER BY name, tier
                    """
            ).map { StorageBalance(facility: $0["name"], tier: $0["tier"], byteCount: $0["byte_count"]) }
        }
    }

    /// What changed from a day on: a range of the sums by day for each facility and tier.
    package func storageDeltas(from day: Int64) throws(CatalogError) -> [StorageDelta] {
        try read { database in
            try Row.fetchAll(
                database,
                kept: """
                    SELECT day_sum.tier, day_sum.day, SUM(day_sum.byte_delta) AS bytes
                    FROM storage_balance CROSS JOIN storage_day AS day_sum
                    WHERE day_sum.party_id = storage_balance.party_id AND day_sum.tier = storage_balance.tier
                        AND day_sum.day >= ?
                    GROUP BY day_sum.tier, day_sum.day ORDER BY day_sum.tier, day_sum.day
                    """,
                arguments: [day]
            ).map { StorageDelta(tier: $0["tier"], day: $0["day"], byteCount: $0["bytes"]) }
        }
    }
}
