// The same month as a plain sum: the events in a table of their own, summed by facility by sqlite3 and by DuckDB.
//
// Both get a table with nothing but the columns that they sum. DuckDB is measured where a Python has it.

import Files
import Foundation
import Pipeline

struct PlainSums {
    let corpus: LedgerCorpus
    /// A Python that may have DuckDB.
    let python: String

    static let advice = "pip install duckdb==2.0.1, and name that Python by --python, to compare with DuckDB"

    /// What a facility's month comes to.
    struct Row: Equatable {
        let eventCount: Int64
        /// Bytes × seconds to the end of the month, of what came less what went.
        let byteSeconds: Int64
        /// In minor units.
        let charged: Int64
    }

    private var table: String { corpus.root + "/plain.sqlite" }
    private var columns: String { corpus.root + "/plain.duckdb" }

    private static let sum = """
        SELECT facility, COUNT(*), SUM(byte_count * second_count), SUM(charged) FROM use GROUP BY facility ORDER BY facility
        """

    /// Puts the events into tables of their own, where they are not there.
    func prepare() throws(BenchError) {
        if !Paths.exists(table) {
            Progress.say("the events go into a table for sqlite3")
            try sqlite(
                corpus.catalogPath,
                """
                ATTACH '\(table).part' AS plain;
                CREATE TABLE plain.use (facility TEXT, byte_count INTEGER, second_count INTEGER, charged INTEGER);
                INSERT INTO plain.use
                SELECT name, CASE WHEN byte_count IS NULL THEN 0 WHEN tier IS NULL THEN -byte_count
                    WHEN from_tier IS NULL THEN byte_count ELSE 0 END,
                    CAST(strftime('%s', '\(LedgerCorpus.end)') AS INTEGER) - at_seconds, COALESCE(metered - waived, 0)
                FROM usage_event JOIN party ON party.id = party_id ORDER BY usage_event.id;
                """)
            try BenchError.wrap { try FileManager.default.moveItem(atPath: table + ".part", toPath: table) }
        }
        if hasDuckDB, !Paths.exists(columns) {
            Progress.say("the events go into a table for DuckDB")
            try sqlite(table, ".mode csv\n.headers on\n.once '\(columns).csv'\nSELECT * FROM use;")
            try run(
                """
                from duckdb import connect
                from os import remove, rename
                from sys import argv
                path = argv[1]
                connection = connect(path + ".part")
                connection.execute("CREATE TABLE use (facility TEXT, byte_count BIGINT, second_count BIGINT, charged BIGINT)")
                connection.execute(f"INSERT INTO use SELECT * FROM read_csv('{path}.csv')")
                connection.close()
                rename(path + ".part", path)
                remove(path + ".csv")
                """, [columns])
        }
    }

    /// A Python that is not there has none either.
    var hasDuckDB: Bool {
        do throws(BenchError) {
            try run("from duckdb import connect", [])
            return true
        } catch { return false }
    }

    /// From the start of sqlite3 to its end.
    func sqliteSeconds() throws(BenchError) -> Double {
        let start = SiteClock.monotonicNanoseconds
        try sqlite(table, ".mode list\n.once '\(table).sums'\n\(Self.sum);")
        return Double(SiteClock.monotonicNanoseconds - start) / 1e9
    }

    /// From opening the file to the last row; Python's own start is not DuckDB's.
    func duckDBSeconds() throws(BenchError) -> Double {
        try run(
            """
            from duckdb import connect
            from sys import argv
            from time import perf_counter
            path, sql = argv[1:]
            start = perf_counter()
            rows = connect(path, read_only=True).execute(sql).fetchall()
            seconds = perf_counter() - start
            with open(path + ".sums", "w") as file:
                file.writelines("|".join(map(str, row)) + "\\n" for row in rows)
            with open(path + ".seconds", "w") as file:
                file.write(str(seconds))
            """, [columns, Self.sum])
        let text = try BenchError.wrap { String(decoding: try Paths.read(columns + ".seconds"), as: UTF8.self) }
        guard try rows(columns) == rows(table) else { throw .wrongResult("DuckDB's sums are not sqlite3's") }
        return Double(text) ?? 0
    }

    /// What sqlite3 found, by facility.
    func rows() throws(BenchError) -> [String: Row] { try rows(table) }

    private func rows(_ path: String) throws(BenchError) -> [String: Row] {
        let text = try BenchError.wrap { String(decoding: try Paths.read(path + ".sums"), as: UTF8.self) }
        var rows: [String: Row] = [:]
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: "|")
            let numbers = fields.dropFirst().compactMap { Int64($0) }
            guard let facility = fields.first, numbers.count == 3 else { throw .wrongResult("'\(line)' is no sum") }
            rows[String(facility)] = Row(eventCount: numbers[0], byteSeconds: numbers[1], charged: numbers[2])
        }
        return rows
    }

    private func sqlite(_ path: String, _ script: String) throws(BenchError) {
        let file = corpus.root + "/plain.sql"
        try BenchError.wrap { try Paths.write(Array((script + "\n").utf8), to: file) }
        try ChildProcess.run("sqlite3", ["-bail", path, ".read '\(file)'"], in: corpus.root)
    }

    private func run(_ script: String, _ arguments: [String]) throws(BenchError) {
        let usage = try ChildProcess.start(python, ["-c", script] + arguments, isSilent: true).wait()
        guard usage.exitCode == 0 else { throw .programFailed(python, exitCode: usage.exitCode) }
    }
}
