// Gathers what an office is told: questions that cost what they answer, and nothing for how long the site has run.

internal import Accounting
internal import Archive
internal import Catalog
internal import Configuration
internal import Files
internal import Foundation
internal import Pages
internal import Pipeline
internal import Radiology

extension OfficeFacts {
    init(_ context: SiteContext, office: ManagementOffice) throws {
        let catalog = context.catalog
        let now = context.clock.seconds
        let today = try Self.day(String(context.clock.timestamp.prefix(10)))
        site = context.configuration.site
        self.office = office
        self.now = now
        arrivals = try OfficeArrivals(context, today: today)
        waiting = try OfficeWaiting(context)
        facilities = try context.configuration.facilities.map {
            try FacilityStanding($0, catalog, today: today, factor: office.quietFactorInHundredths)
        }
        notices = try catalog.newestNotices(office: office.id, limit: Self.lineLimit)
        results = try catalog.newestResults(office: office.id, limit: Self.resultLimit).map { try OfficeResult($0) }
        held = try catalog.heldDrops()
        storage = try OfficeStorage(context, today: today)
        documents = try catalog.newestDocuments(office: office.id, limit: Self.lineLimit)
        drafts = try OfficeDraft.sums(of: try catalog.drafts().map { ($0.month, $0.draft) })
        drill = try catalog.latestDrill()
        links = try Self.links(context, office: office.id)
    }

    /// Days since 1970-01-01 of `YYYY-MM-DD`.
    static func day(_ text: String) throws(StageError) -> Int64 {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3 else { throw .unexpected("'\(text)' is no day") }
        return BillingDay(year: parts[0], month: parts[1], day: parts[2]).number
    }

    /// The days up to one, oldest first.
    static func days(_ count: Int64, through last: Int64) -> [String] {
        ((last - count + 1)...last).map { BillingDay(number: $0).description }
    }

    /// Standing pages, which are there until they are picked up.
    private static func links(_ context: SiteContext, office: String) throws -> [OfficePage.Link] {
        var pages = [("Statistics of readers", ["results", "readers.html"])]
        for month in try context.catalog.invoicedMonths().suffix(12).reversed() {
            pages.append(("What was invoiced for \(month)", ["invoices", "month-\(month).html"]))
        }
        let folder = context.layout.path + "/outbound/\(office)/"
        return pages.filter { Paths.status(folder + $0.1.joined(separator: "/"))?.kind == .file }
            .map { OfficePage.Link(title: $0.0, address: LinkText.path($0.1)) }
    }
}

extension OfficeArrivals {
    init(_ context: SiteContext, today: Int64) throws {
        let days = OfficeFacts.days(OfficeFacts.arrivalDayCount, through: today)
        let end = BillingDay(number: today + 1).description
        self.days = days
        parties = try context.configuration.parties.compactMap { party in
            let sums = try context.catalog.arrivals(of: party.id, from: days.first ?? end, until: end)
            return sums.isEmpty ? nil : (party, sums)
        }
    }
}

extension OfficeWaiting {
    init(_ context: SiteContext) throws {
        let catalog = context.catalog
        let unpublished = try catalog.unpublished()
        drops = try catalog.openDrops()
        paused = try Self.pause(context)
        readings = try catalog.openReadings()
        examsWithoutResult = try catalog.examsWithoutResult()
        readsBeforeExam = try catalog.waitingDiagnoses().count
        reportsBeforeExam = try catalog.waitingReports().count
        recalls = try catalog.pendingRecalls()
        unpublishedSince = unpublished.map(\.due.askedAt)
        failedPublications = unpublished.count { $0.error != nil }
    }

    /// Without the bytes that are free, which are others each time.
    private static func pause(_ context: SiteContext) throws -> String? {
        switch try context.intakePause() {
        case nil: nil
        case .lowDisk: "too little is free on the disk of the fast tier"
        case .some: "the fast tier is not mounted"
        }
    }
}

extension FacilityStanding {
    /// The rhythm is that of the last days on which it was heard, this many at most.
    private static let dayLimit = 40

    init(_ facility: Facility, _ catalog: Catalog, today: Int64, factor: Int64) throws {
        let heard = try catalog.heard(
            facility.id, before: BillingDay(number: today + 1).description, limit: Self.dayLimit)
        let rhythm = ArrivalRhythm(days: try heard.days.map { try OfficeFacts.day($0) })
        self.facility = facility
        lastHeardAt = heard.last
        usualGap = rhythm?.usualGap
        usualWeekdays = rhythm?.usualWeekdays.sorted() ?? []
        missedDays = rhythm?.missedDays(on: today)
        guard let rhythm else {
            state = heard.last == nil ? .never : .unknown
            return
        }
        state = rhythm.isQuiet(on: today, factorInHundredths: factor) ? .quiet : .usual
    }
}

extension OfficeResult {
    init(_ newest: NewestResult) throws {
        record = newest.determination
        isOut = newest.isOut
        content = try JSONDecoder().decode(Content.self, from: Data(newest.determination.content.utf8))
    }
}

extension OfficeStorage {
    init(_ context: SiteContext, today: Int64) throws {
        let first = today - OfficeFacts.storageDayCount + 1
        let balances = try context.catalog.storageBalances()
        let deltas = Dictionary(grouping: try context.catalog.storageDeltas(from: first), by: \.tier)
        let configured = context.tiers.map(\.name)
        let others = Set(balances.map(\.tier)).subtracting(configured).sorted()
        days = OfficeFacts.days(OfficeFacts.storageDayCount, through: today)
        self.balances = balances
        tiers = try (configured + others).map { name in
            let now = balances.reduce(0) { $0 + ($1.tier == name ? $1.byteCount : 0) }
            let changes = deltas[name] ?? []
            // What lies there at the end of a day is what lies there now, less what came later.
            let levels = (first..<today).map { day in
                now - changes.reduce(0) { $0 + ($1.day > day ? $1.byteCount : 0) }
            }
            return TierLevel(
                name: name, byteCount: now, usedPercent: try Self.usedPercent(context.tier(name)),
                levels: levels + [now])
        }
    }

    private static let diskStep: Int64 = 5

    private static func usedPercent(_ tier: Tier?) throws -> Int64? {
        guard let tier, tier.isMounted else { return nil }
        let space = try Paths.space(at: tier.path)
        let percent = 100 - Int64(Int128(space.available) * 100 / Int128(max(1, space.total)))
        // In steps, because whatever else writes to the disk would have the page made anew again and again.
        return (percent + diskStep / 2) / diskStep * diskStep
    }
}

extension OfficeDraft {
    static func sums(of drafts: [(month: String, draft: Invoice)]) throws -> [OfficeDraft] {
        struct Place: Hashable {
            let month: String
            let currency: Currency
        }
        let groups = Dictionary(grouping: drafts) { Place(month: $0.month, currency: $0.draft.currency) }
        return try groups.map { place, drafts in
            let total = try drafts.reduce(Money.zero(place.currency)) { try $0.adding($1.draft.total) }
            return OfficeDraft(
                month: place.month, currency: place.currency.code, facilityCount: drafts.count, total: total.text)
        }.sorted { ($0.month, $0.currency) < ($1.month, $1.currency) }
    }
}
