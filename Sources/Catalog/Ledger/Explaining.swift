// `explain`: everything that happened to a drop or an exam, in order.

internal import Foundation
internal import GRDB

/// One line of an explanation.
package struct Explanation: Sendable {
    /// ISO 8601 with offset.
    package let at: String
    package let what: String
    package let detail: String?
}

extension Catalog {
    /// The drops of a receipt's file name, a drop's name or a digest's beginning; newest last.
    package func drops(named text: String) throws(CatalogError) -> [DropRecord] {
        try read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM intake WHERE receipt = ? OR name = ? ORDER BY id",
                arguments: [text, Data(text.utf8)]
            ).compactMap { DropRecord($0) }
        }
    }

    /// The drops that brought or repeated images of an exam, by number.
    package func drops(ofStudy study: Int64) throws(CatalogError) -> [DropID] {
        try read { database in
            try Int64.fetchAll(
                database,
                sql: """
                    SELECT DISTINCT drop_id FROM pack JOIN series ON series.id = series_id WHERE study_id = ?
                    ORDER BY drop_id
                    """,
                arguments: [study]
            ).map { DropID($0) }
        }
    }
}
