// A site's whole configuration, checked.
//
// Invariant: whoever holds one holds a configuration in which every reference leads somewhere and every value is within
// its bounds. Owns nothing that changes: editing a file means loading anew. Never touches spool or archive.

/// Everything that `pipelines/*.yaml` says.
package struct SiteConfiguration: Sendable, Equatable {
    package let site: Site
    package let facilities: [Facility]
    /// In the order of the file; a reader whose weight changed has several.
    package let readers: [ReaderEntry]
    package let managementOffices: [ManagementOffice]
    package let chartSystems: [ChartSystem]
    /// In the order of the file, which is the order in which they are tried on an exam.
    package let protocols: [ReadingProtocol]
    package let purposes: [PurposeEntry]
    package let sharing: [SharingRule]
    /// In the order of the file.
    package let quotas: [QuotaEntry]
    package let priceLists: [PriceListEntry]
    package let rentals: [RentalEntry]
    package let storage: StorageConfiguration
    /// One for each kind of drop, in the order of `DropKind`.
    package let pipelines: [PipelineConfiguration]
    /// Everybody who has folders, each once: facilities, readers, management, chart systems.
    package let parties: [Party]

    /// The party of that id.
    package func party(_ id: String) -> Party? { parties.first { $0.id == id } }

    /// The facility of that id.
    package func facility(_ id: String) -> Facility? { facilities.first { $0.id == id } }

    /// What holds of a reader on a day; nil when nothing does.
    package func reader(_ id: String, on day: CalendarDate) -> ReaderEntry? {
        readers.first { $0.id == id && $0.holds(on: day) }
    }

    /// The purpose of that id.
    package func purpose(_ id: String) -> PurposeEntry? { purposes.first { $0.id == id } }

    /// The pipeline that takes a kind of drop.
    package func pipeline(_ kind: DropKind) -> PipelineConfiguration {
        pipelines.first { $0.kind == kind } ?? .usual(kind)
    }
}
