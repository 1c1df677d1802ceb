// The page that tells management how its readers read. One file without scripts; everything on it is in these values.

/// Statistics of readers, protocol by protocol.
package struct ReadersPage: Sendable, Equatable {
    package var siteName: String
    /// When the newest read was sealed; nil before the first.
    package var newestReadAt: String?
    /// Where resampling started.
    package var seed: UInt64
    package var protocols: [ReadingFigures]

    package init(siteName: String, newestReadAt: String?, seed: UInt64, protocols: [ReadingFigures]) {
        self.siteName = siteName
        self.newestReadAt = newestReadAt
        self.seed = seed
        self.protocols = protocols
    }

    /// The page; the same values give the same bytes.
    package func html() -> [UInt8] {
        var values: [String: Any] = [
            "policy": ReportStyles.policy, "styles": ReportStyles.text, "site": ShownText.line(siteName),
            "seed": String(seed), "hasProtocols": !protocols.isEmpty,
            "protocols": protocols.enumerated().map { ReadingFiguresText($1, number: $0 + 1).values },
        ]
        values["newest"] = newestReadAt.map(ShownText.time)
        return Array(PageTemplate.readers.render(values).utf8)
    }
}
