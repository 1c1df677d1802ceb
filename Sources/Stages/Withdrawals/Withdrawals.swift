// Decides which publications nobody has acknowledged for longer than `retainUnacknowledged`, and who is told.
//
// Removes nothing itself: what is decided is taken back as publications are published. A chart system is told
// through its facility; of a reader's packets the management offices hear too, since an exam waits to be read. A clock that is wrong can only bring it forward: what is withdrawn
// can be had again.

internal import Catalog
internal import Configuration
internal import Pipeline

struct Withdrawals {
    let site: SiteContext

    private static let batch = 500
    private static let daySeconds: Int64 = 24 * 60 * 60
    private static let dateLength = "YYYY-MM-DD".count

    func decide() throws(StageError) {
        let latest = site.clock.seconds - site.configuration.storage.retainUnacknowledgedMilliseconds / 1000
        // Instants are kept with the offsets of their time: the date is compared first, with a day to spare.
        let date = String(site.clock.text(latest + Self.daySeconds).prefix(Self.dateLength))
        try StageError.wrap {
            while true {
                let found = try site.catalog.unacknowledged(publishedUntil: date, limit: Self.batch)
                let old = found.filter { item in
                    SiteClock.seconds(of: item.publishedAt).map { $0 <= latest } ?? false
                }
                guard !old.isEmpty else { return }
                for (party, items) in Dictionary(grouping: old, by: \.publication.party).sorted(by: { $0.key < $1.key })
                {
                    try site.catalog.withdraw(
                        items, of: party, recipients: recipients(of: party), at: site.clock.timestamp)
                }
            }
        }
    }

    private func recipients(of party: String) -> [String] {
        let configuration = site.configuration
        if let system = configuration.chartSystems.first(where: { $0.id == party }) { return [system.facility] }
        let offices = configuration.managementOffices.map(\.id)
        guard let kind = configuration.party(party)?.kind, kind.outboundKinds.contains(.notices) else { return offices }
        return kind == .reader ? [party] + offices : [party]
    }
}
