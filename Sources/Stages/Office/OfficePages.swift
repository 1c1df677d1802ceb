// Publishes the page of every management office, `outbound/<office>/index.html`, and the same facts as `index.json`.
//
// Invariants: what lies there is replaced only when it is to say something else than when it was made, so that a rerun
// changes nothing; whole or not at all; by one process at a time. They are no publications: nobody acknowledges them, and
// nothing withdraws them. A kill between the two files is put right by the next look at them.

internal import Configuration
internal import Files
internal import Foundation
internal import Interchange
internal import Pipeline
internal import Spool

package struct OfficePages {
    private let site: SiteContext

    private static let pageName = FileName("index.html")
    private static let documentName = FileName("index.json")
    /// What is longer was not written by this.
    private static let byteLimit = 64 << 20

    package init(site: SiteContext) {
        self.site = site
    }

    /// Makes the pages anew that are to say something else.
    ///
    /// - Parameter only: The offices that are meant; nil for all.
    /// - Returns: The offices whose page was made anew.
    @discardableResult
    package func renew(only: Set<String>? = nil) throws(StageError) -> [String] {
        try StageError.wrap {
            let offices = site.configuration.managementOffices.filter { only?.contains($0.id) ?? true }
            guard !offices.isEmpty else { return [] }
            // Two at once would take each other's temporary files.
            let turn = try TurnLock(spool: site.layout.path, command: "office")
            defer { withExtendedLifetime(turn) {} }
            return try offices.filter { try renew($0) }.map(\.id)
        }
    }

    private func renew(_ office: ManagementOffice) throws -> Bool {
        let facts = try OfficeFacts(site, office: office)
        let page = facts.page
        if try isThere(office.id, html: { page.html(asOf: $0) }, json: { OfficeFactsJSON.bytes(facts, asOf: $0) }) {
            return false
        }
        let now = site.clock.timestamp
        let outbox = Outbox(layout: site.layout)
        try outbox.publish(page.html(asOf: now), party: office.id, kind: nil, name: Self.pageName)
        try outbox.publish(
            OfficeFactsJSON.bytes(facts, asOf: now), party: office.id, kind: nil, name: Self.documentName)
        return true
    }

    /// Whether both files lie there as these facts make them, but for when they were made.
    private func isThere(_ office: String, html: (String) -> [UInt8], json: (String) -> [UInt8]) throws -> Bool {
        let outbox = Outbox(layout: site.layout)
        func content(_ name: FileName) throws(SpoolError) -> [UInt8]? {
            try outbox.content(party: office, kind: nil, name: name, limit: Self.byteLimit)
        }
        guard let document = try content(Self.documentName), let made = try asOf(document, office: office),
            json(made) == document
        else { return false }
        return try content(Self.pageName) == html(made)
    }

    private func asOf(_ document: [UInt8], office: String) throws -> String? {
        struct Head: Decodable { let asOf: String }
        do {
            return try JSONDecoder().decode(Head.self, from: Data(document)).asOf
        } catch {
            site.logger.warning("\(office)/index.json is not as it was published; made anew")
            return nil
        }
    }
}

/// When the pages of a worker's offices are to be looked at again.
struct OfficePageTimes {
    private var due: [String: UInt64] = [:]

    /// The offices whose time has come; each is then left alone for its `pageEvery`.
    ///
    /// - Parameter now: The monotonic clock, in nanoseconds.
    mutating func take(_ offices: [ManagementOffice], now: UInt64) -> Set<String> {
        var taken: Set<String> = []
        for office in offices where now >= due[office.id] ?? 0 {
            due[office.id] = now + UInt64(office.pageEveryMilliseconds) * 1_000_000
            taken.insert(office.id)
        }
        return taken
    }
}
