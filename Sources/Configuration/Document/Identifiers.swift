// What the files declare, collected before they are read in depth, because they refer to each other both ways.
//
// Owns the sets that references are checked against. A set is nil when its file is broken, its list is no list or one
// of its ids is none: then references to it are not judged. Never reports anything; the readers of each part do.

/// The ids that a configuration declares.
struct Identifiers {
    let facilities: Set<String>?
    let readers: Set<String>?
    let management: Set<String>?
    let chartSystems: Set<String>?
    let purposes: Set<String>?
    let tiers: Set<String>?

    /// A purpose that every site has: that of a reader who asks for an exam in order to read it.
    static let readingPurpose = "reading"

    init(_ documents: Documents) {
        facilities = Self.ids(documents, .parties, "facilities", absent: [])
        readers = Self.ids(documents, .parties, "readers", absent: [])
        management = Self.ids(documents, .parties, "management", absent: [])
        chartSystems = Self.ids(documents, .parties, "chartSystems", absent: [])
        purposes = Self.ids(documents, .purposes, "purposes", absent: PurposeEntry.usual.map(\.id))
        tiers = Self.keys(documents, .storage, "tiers", absent: StorageTier.usual.map(\.name))
    }

    /// Purposes that a price may name: the declared ones, and that of reading.
    var pricedPurposes: Set<String>? { purposes?.union([Self.readingPurpose]) }

    /// What a configuration that was read declares.
    init(_ configuration: SiteConfiguration) {
        facilities = Set(configuration.facilities.map(\.id))
        readers = Set(configuration.readers.map(\.id))
        management = Set(configuration.managementOffices.map(\.id))
        chartSystems = Set(configuration.chartSystems.map(\.id))
        purposes = Set(configuration.purposes.map(\.id))
        tiers = Set(configuration.storage.tiers.map(\.name))
    }

    /// All parties; nil when one of the lists could not be read.
    var parties: Set<String>? {
        guard let facilities, let readers, let management, let chartSystems else { return nil }
        return facilities.union(readers).union(management).union(chartSystems)
    }

    private static func ids(
        _ documents: Documents, _ file: ConfigurationFile, _ key: String, absent: [String]
    ) -> Set<String>? {
        guard documents.isReadable(file) else { return nil }
        guard let list = value(documents, file, key) else { return Set(absent) }
        guard let items = list.items else { return nil }
        return whole(items.map { entry("id", of: $0)?.scalarText })
    }

    private static func keys(
        _ documents: Documents, _ file: ConfigurationFile, _ key: String, absent: [String]
    ) -> Set<String>? {
        guard documents.isReadable(file) else { return nil }
        guard let block = value(documents, file, key) else { return Set(absent) }
        guard let entries = block.entries else { return nil }
        return whole(entries.map(\.key.scalarText))
    }

    /// The ids, if all have the form of one; a mistyped id is reported where it stands, and not at every reference.
    private static func whole(_ ids: [String?]) -> Set<String>? {
        let sound = ids.compactMap { $0 }.filter(Decode.isIdentifier)
        return sound.count == ids.count ? Set(sound) : nil
    }

    private static func value(_ documents: Documents, _ file: ConfigurationFile, _ key: String) -> Field? {
        documents[file].flatMap { entry(key, of: $0) }.flatMap { $0.isNull ? nil : $0 }
    }

    private static func entry(_ key: String, of field: Field) -> Field? {
        field.entries?.first { $0.key.scalarText == key }?.value
    }
}
