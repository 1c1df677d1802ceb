// CSVRecord owns one record of a CSV text: its fields without quotes, or what is wrong with it.

/// One record.
struct CSVRecord: Sendable {
    /// The line on which it starts, from 1.
    let line: Int
    let fields: Result<[String], ItemError>
}
