// From the files of a site to its configuration, or to everything that is wrong with them.
//
// Owns the order of the work: read all, parse all, collect what is declared, then read each part in depth. It never
// stops at the first problem, so that one check shows all of them.

extension SiteConfiguration {
    /// Reads and checks `pipelines/*.yaml`.
    ///
    /// - Parameter root: The site's folder.
    /// - Throws: `.unreadable` when the folder or one of its files cannot be read, `.problems` with every mistake.
    package static func load(root: String) throws(ConfigurationError) -> SiteConfiguration {
        try parse(ConfigurationFolder(root: root).texts())
    }

    /// Checks a configuration that is given as texts.
    ///
    /// - Parameter texts: Texts by file name: `parties.yaml`. A file that is absent has its defaults.
    /// - Throws: `.problems` with every mistake, `.unreadable` when there is no `parties.yaml`.
    package static func parse(_ texts: [String: String]) throws(ConfigurationError) -> SiteConfiguration {
        let log = ProblemLog()
        let documents = Documents(texts: texts, log: log)
        guard texts[ConfigurationFile.parties.name] != nil else {
            throw .unreadable(
                file: ConfigurationFile.parties.path,
                text: "there is no such file; `filmroom init` lays out an example, or give --root another folder")
        }
        let configuration = read(documents)
        guard log.isEmpty, let configuration else { throw .problems(log.sorted()) }
        return configuration
    }

    private static func read(_ documents: Documents) -> SiteConfiguration? {
        let known = Identifiers(documents)
        let parties = documents.read(.parties, absent: .empty) { PartiesSection($0, known: known) }
        let protocols = documents.read(.reading, absent: []) { ReadingSection.protocols($0, known: known) }
        let purposes = documents.read(.purposes, absent: .usual) { PurposesSection($0, known: known) }
        let tariff = documents.read(.tariff, absent: .empty) { TariffSection($0, known: known) }
        let storage = documents.read(.storage, absent: .usual, StorageConfiguration.decode)
        let pipelines = DropKind.allCases.map { kind in
            documents.read(kind.file, absent: .usual(kind)) { PipelineConfiguration.decode($0, kind: kind) }
        }
        guard let site = parties.site else {
            documents.reportEmpty(.parties)
            return nil
        }
        return SiteConfiguration(
            site: site, facilities: parties.facilities, readers: parties.readers,
            managementOffices: parties.management, chartSystems: parties.chartSystems, protocols: protocols,
            purposes: purposes.purposes, sharing: purposes.sharing, quotas: purposes.quotas,
            priceLists: tariff.priceLists,
            rentals: tariff.rentals, storage: storage, pipelines: pipelines, parties: parties.parties)
    }
}
