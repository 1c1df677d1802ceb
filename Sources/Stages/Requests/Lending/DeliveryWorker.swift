// Works on deliveries, a piece at a time, so that a large one keeps no other party waiting.
//
// What is under way is kept between the pieces; a worker that has nothing of it, because it was killed or another one began,
// finds what was made in the hidden folder and in the catalogue.

internal import Catalog
internal import Files
internal import Pipeline
internal import Spool
internal import Synchronization

final class DeliveryWorker: Sendable {
    private let site: SiteContext
    private let leases: LeaseKeeper
    /// By the publication's row and revision.
    private let underWay = Mutex<[String: DeliveryWork]>([:])

    /// A piece ends with the step in which this has passed.
    private static let pieceNanoseconds: UInt64 = 200_000_000

    init(site: SiteContext, leases: LeaseKeeper) {
        self.site = site
        self.leases = leases
    }

    /// Goes on with a delivery.
    ///
    /// - Returns: Its digest when it lies there; nil when something is left to do.
    /// - Throws: Also when exams are missing from what lies there now, which is tried again.
    func advance(_ due: DuePublication) throws(StageError) -> SHA256Digest? {
        let key = "\(due.id).\(due.revision)"
        return try StageError.wrap {
            // Taken out while it is worked on: what fails begins anew.
            let kept = underWay.withLock { $0.removeValue(forKey: key) }
            let work = try kept ?? begin(due)
            let start = SiteClock.monotonicNanoseconds
            while SiteClock.monotonicNanoseconds - start < Self.pieceNanoseconds {
                guard try work.step() else { return try finish(work, due) }
            }
            underWay.withLock { $0[key] = work }
            return nil
        }
    }

    private func begin(_ due: DuePublication) throws -> DeliveryWork {
        guard let request = try site.catalog.lendingRequest(due.publication.subjectID) else {
            throw StageError.unexpected("request \(due.publication.subjectID) is not there")
        }
        try requireNews(due, request)
        return try DeliveryWork(site: site, leases: leases, request: request)
    }

    private func finish(_ work: DeliveryWork, _ due: DuePublication) throws -> SHA256Digest {
        let digest = try work.finish()
        guard let failure = work.failure else { return digest }
        throw StageError.unexpected("\(place(due)): \(failure)")
    }

    /// A delivery that lies there without exams that have no price is not made anew before one of these has one.
    private func requireNews(_ due: DuePublication, _ request: LendingRequest) throws {
        let place = due.publication
        let there = try Outbox(layout: site.layout).digest(
            party: place.party, kind: place.kind, name: FileName(place.name))
        guard due.attempt > 0, there != nil else { return }
        var reason: String?
        for record in try site.catalog.grants(ofRequest: request.id) {
            guard try site.catalog.latestRelease(ofGrant: record.id) == nil else { continue }
            if try site.catalog.deletion(of: record) != nil {
                guard
                    try site.catalog.denials(ofRequest: request.id).contains(where: { $0.position == record.position })
                else { return }
                continue
            }
            do {
                let granted = try GrantedExam(record, of: request, catalog: site.catalog)
                _ = try DeliveryFee(site: site, request: request).usage(of: granted, at: site.clock.timestamp)
                return
            } catch let unpriced as DeliveryFee.Unpriced {
                reason = reason ?? unpriced.reason
            }
        }
        if let reason {
            throw StageError.unexpected("\(self.place(due)): exams cannot be given yet; the first: \(reason)")
        }
    }

    private func place(_ due: DuePublication) -> String {
        "\(due.publication.party)/\(due.publication.kind)/\(due.publication.name)"
    }
}
