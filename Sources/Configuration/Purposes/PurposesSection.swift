// All of `purposes.yaml`.
//
// Invariant: a purpose's id is unique. Absent, the two usual purposes hold, and nothing is shared.

/// The content of `purposes.yaml`.
struct PurposesSection {
    let purposes: [PurposeEntry]
    let sharing: [SharingRule]
    let quotas: [QuotaEntry]

    static let usual = PurposesSection(purposes: PurposeEntry.usual, sharing: [], quotas: [])

    init(purposes: [PurposeEntry], sharing: [SharingRule], quotas: [QuotaEntry]) {
        self.purposes = purposes
        self.sharing = sharing
        self.quotas = quotas
    }

    init(_ reader: KeyedReader, known: Identifiers) {
        if reader.given("purposes") == nil {
            purposes = PurposeEntry.usual
        } else {
            let entries = reader.blocks("purposes") { ($0.field, PurposeEntry($0)) }
            UniqueIdentifiers.report(entries.map { ($0.0, $0.1.id) }, noun: "purpose")
            purposes = entries.map(\.1)
        }
        sharing = reader.blocks("sharing") { SharingRule($0, known: known) }
        quotas = reader.blocks("quotas") { QuotaEntry($0, known: known) }
    }
}
