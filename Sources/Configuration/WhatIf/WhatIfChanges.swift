// Weights and rules to try: entries that stand in for those of the same id.
//
// Invariant: whoever holds one holds entries that the site's own configuration could hold, of readers and protocols that
// it knows. Never changes the site's files.

import Foundation

/// Other readers' entries and protocols than the site's own.
package struct WhatIfChanges: Sendable, Equatable {
    /// All entries of each reader that is named.
    package let readers: [ReaderEntry]
    package let protocols: [ReadingProtocol]

    /// Whether a reader's entries are replaced.
    package func names(reader id: String) -> Bool { readers.contains { $0.id == id } }

    /// What holds of a reader on a day; nil when none of the entries does.
    package func reader(_ id: String, on day: CalendarDate) -> ReaderEntry? {
        readers.first { $0.id == id && $0.holds(on: day) }
    }

    /// The protocol of that id; nil when the changes do not name it.
    package func readingProtocol(_ id: String) -> ReadingProtocol? { protocols.first { $0.id == id } }

    /// Reads and checks a file.
    ///
    /// - Parameters:
    ///   - path: As messages name it.
    ///   - site: What the file may refer to.
    /// - Throws: `.unreadable`, or `.problems` with every mistake.
    package static func load(_ path: String, for site: SiteConfiguration) throws(ConfigurationError) -> WhatIfChanges {
        let bytes: Data
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            bytes = try handle.read(upToCount: Document.largestByteCount + 1) ?? Data()
            try handle.close()
        } catch {
            throw .unreadable(file: path, text: "cannot be read: \(error.localizedDescription)")
        }
        return try parse(String(decoding: bytes, as: UTF8.self), file: path, for: site)
    }

    /// Checks a text.
    package static func parse(
        _ text: String, file: String, for site: SiteConfiguration
    ) throws(ConfigurationError) -> WhatIfChanges {
        let log = ProblemLog()
        let document = Document.parse(text, file: file, log: log)
        if document == nil, log.isEmpty {
            log.add(file, line: 1, column: 1, "the file is empty; give `readers:`, `protocols:` or both")
        }
        let changes = document.map { field in
            KeyedReader.block(field) { WhatIfChanges($0, site: site) }
        }
        guard log.isEmpty, let changes else { throw .problems(log.sorted()) }
        return changes
    }

    private init(_ reader: KeyedReader, site: SiteConfiguration) {
        let readers = reader.blocks("readers") { ($0.field, ReaderEntry($0)) }
        let protocols = reader.blocks("protocols") { ($0.field, ReadingProtocol($0, known: Identifiers(site))) }
        PartiesSection.reportOverlaps(readers)
        UniqueIdentifiers.report(protocols.map { ($0.0, $0.1.id) }, noun: "protocol")
        Self.report(readers.map { ($0.0, $0.1.id) }, notOf: site.readers.map(\.id), noun: "reader")
        Self.report(protocols.map { ($0.0, $0.1.id) }, notOf: site.protocols.map(\.id), noun: "protocol")
        self.readers = readers.map(\.1)
        self.protocols = protocols.map(\.1)
    }

    private static func report(_ items: [(field: Field, id: String)], notOf known: [String], noun: String) {
        for item in items where !item.id.isEmpty && !known.contains(item.id) {
            let advice =
                known.isEmpty
                ? "; the site has none" : Spelling.advice(for: item.id, among: known.sorted(), noun: "the site has")
            item.field.fail("there is no \(noun) \"\(item.id)\" to replace" + advice)
        }
    }
}
