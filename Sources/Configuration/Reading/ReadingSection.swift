// All of `reading.yaml`.
//
// Invariant: a protocol's id is unique. Absent, it means that no exam is assigned to anybody.

/// The content of `reading.yaml`.
enum ReadingSection {
    static func protocols(_ reader: KeyedReader, known: Identifiers) -> [ReadingProtocol] {
        let protocols = reader.blocks("protocols") { ($0.field, ReadingProtocol($0, known: known)) }
        UniqueIdentifiers.report(protocols.map { ($0.0, $0.1.id) }, noun: "protocol")
        return protocols.map(\.1)
    }
}
