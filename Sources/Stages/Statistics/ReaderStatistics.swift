// Publishes `readers.json` and `readers.html` in the results of every management office, made from facts alone.
//
// Invariant: what lies there is replaced only when its facts are others. Resampling is slow, so what the files say that
// they were made from is looked at first.

internal import Catalog
internal import Configuration
internal import Files
internal import Foundation
internal import Interchange
internal import Pages
internal import Spool

package struct ReaderStatistics {
    let site: SiteContext

    private static let kind = "results"
    private static let documentName = "readers.json"
    private static let pageName = "readers.html"

    package init(site: SiteContext) {
        self.site = site
    }

    /// - Returns: Whether something was published.
    @discardableResult
    package func publish() throws(StageError) -> Bool {
        try StageError.wrap {
            let facts = StatisticsFacts(site, try site.catalog.readingMarks())
            let offices = site.configuration.managementOffices.map(\.id)
            let due = try offices.filter { try !isThere(facts, office: $0) }
            let protocols = try site.catalog.assignedProtocols()
            guard !due.isEmpty, !protocols.isEmpty else { return false }
            let page = try page(protocols, facts)
            let files = [
                (Self.pageName, page.html()), (Self.documentName, ReaderStatisticsJSON.bytes(page, facts: facts)),
            ]
            let outbox = Outbox(layout: site.layout)
            for office in due {
                for (name, bytes) in files {
                    try outbox.publish(bytes, party: office, kind: Self.kind, name: FileName(name))
                }
            }
            return true
        }
    }

    private func page(_ protocols: [String], _ facts: StatisticsFacts) throws -> ReadersPage {
        let samples = try protocols.map {
            try ReadingSample(site, protocolID: $0, readLimit: facts.marks.lastSeal)
        }
        return ReadersPage(
            siteName: site.configuration.site.name, newestReadAt: try site.catalog.sealedAt(facts.marks.lastSeal),
            seed: LearntModels.seed, protocols: samples.map { $0.figures(seed: LearntModels.seed) })
    }

    /// Whether both files are there, made from these facts. The document is published last.
    private func isThere(_ facts: StatisticsFacts, office: String) throws -> Bool {
        let folder = site.layout.path + "/outbound/\(office)/\(Self.kind)/"
        guard FileManager.default.fileExists(atPath: folder + Self.pageName),
            let bytes = FileManager.default.contents(atPath: folder + Self.documentName)
        else { return false }
        struct Head: Decodable { let facts: String }
        do {
            return try JSONDecoder().decode(Head.self, from: bytes).facts == facts.text
        } catch {
            site.logger.warning("\(office)/\(Self.kind)/\(Self.documentName) is not as it was published; made anew")
            return false
        }
    }
}

/// All that statistics depend on, in one line.
struct StatisticsFacts {
    let marks: ReadingMarks
    let text: String

    /// Changes when a newer version of this program computes or shows something else.
    private static let edition = 1

    init(_ site: SiteContext, _ marks: ReadingMarks) {
        self.marks = marks
        var configuration = JSONText()
        configuration.string(site.configuration.site.name)
        for reading in site.configuration.protocols {
            configuration.strings([reading.id, reading.ruleVersion] + reading.readers)
        }
        for reader in site.configuration.readers { configuration.strings([reader.id, reader.name]) }
        let digest = SHA256.digest(of: configuration.take()).hex.prefix(12)
        text =
            "\(Self.edition)-\(marks.lastSeal)-\(marks.lastAssignment)-\(marks.lastDetermination)-\(digest)"
    }
}
