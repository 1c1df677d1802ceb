// What parties sent, by the day of the site on which it was received. Reads only.
//
// A drop counts on the day of its receipt, whatever came of it; what was released from quarantine counts where it first came.
// Acknowledgements are no arrivals. Costs what the days hold that are asked about, not what came before them.

internal import GRDB

/// Drops of one party, day, kind and outcome.
package struct ArrivalSum: Sendable, Equatable {
    /// `YYYY-MM-DD`, as records have it.
    package let day: String
    package let kind: String
    /// The status of the receipt.
    package let status: String
    package let dropCount: Int
    package let byteCount: Int64
}

extension Catalog {
    /// - Parameters:
    ///   - from: The first day, `YYYY-MM-DD`.
    ///   - end: The day after the last one.
    package func arrivals(of party: String, from: String, until end: String) throws(CatalogError) -> [ArrivalSum] {
        try read { database in
            let find = try database.cachedStatement(
                sql: """
                    SELECT substr(received_at, 1, 10) AS day, kind, status, COUNT(*) AS drops,
                        COALESCE(SUM(byte_count), 0) AS bytes
                    FROM intake WHERE party = ? AND received_at >= ? AND received_at < ? AND released_from IS NULL
                        AND kind <> 'acks' AND status IS NOT NULL
                    GROUP BY day, kind, status ORDER BY day, kind, status
                    """)
            return try Row.fetchAll(find, arguments: [party, from, end]).map {
                ArrivalSum(
                    day: $0["day"], kind: $0["kind"], status: $0["status"], dropCount: $0["drops"],
                    byteCount: $0["bytes"])
            }
        }
    }

    /// When a party was last heard, and the days on which it was heard, newest first: one look into the index for each.
    ///
    /// - Parameters:
    ///   - end: The day before which is asked, `YYYY-MM-DD`.
    ///   - limit: Days at most.
    /// - Returns: ISO 8601 with offset, nil when it was never heard; and days as `YYYY-MM-DD`.
    package func heard(
        _ party: String, before end: String, limit: Int
    ) throws(CatalogError) -> (last: String?, days: [String]) {
        try read { database in
            let find = try database.cachedStatement(
                sql: """
                    SELECT MAX(received_at) FROM intake
                    WHERE party = ? AND received_at < ? AND released_from IS NULL AND kind <> 'acks'
                    """)
            var days: [String] = []
            var last: String?
            while days.count < limit,
                let time = try String.fetchOne(find, arguments: [party, days.last ?? end])
            {
                last = last ?? time
                days.append(String(time.prefix(10)))
            }
            return (last, days)
        }
    }
}
