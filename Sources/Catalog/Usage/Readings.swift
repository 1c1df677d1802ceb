// The readings of a time, from the usage ledger: what doctors are paid for.
//
// Reads only. The first answer of a doctor on an exam counts; a change of mind or a later round is no second reading.

internal import GRDB

extension Catalog {
    /// The first answers of a doctor on exams, sealed in a time, in the order in which they were noted.
    ///
    /// - Parameter seconds: Since 1970.
    package func firstReadings(by reader: String, in seconds: Range<Int64>) throws(CatalogError) -> [UsageRecord] {
        try read { database in
            guard let party = try Self.knownParty(database, reader) else { return [] }
            return try Row.fetchAll(
                database,
                sql: """
                    \(UsageRow.query) WHERE party_id = ? AND kind = 'read' AND at_seconds >= ? AND at_seconds < ?
                        AND NOT EXISTS (SELECT 1 FROM usage_event AS before WHERE before.exam = usage_event.exam
                            AND before.kind = 'read' AND before.party_id = usage_event.party_id
                            AND before.id < usage_event.id)
                    ORDER BY usage_event.id
                    """,
                arguments: [party, seconds.lowerBound, seconds.upperBound]
            ).map { UsageRecord($0) }
        }
    }
}
