// What an office is told of how its service stands, as it was found at one moment. Values only.
//
// No name of a patient is in it, and no name of a drop, which is its sender's and may be one.

internal import Catalog
internal import Configuration
internal import Pages

struct OfficeFacts {
    let site: Site
    let office: ManagementOffice
    /// The policy clock, in seconds since 1970.
    let now: Int64
    let arrivals: OfficeArrivals
    let waiting: OfficeWaiting
    let facilities: [FacilityStanding]
    /// Newest first.
    let notices: [(notice: NoticeRecord, isOut: Bool)]
    /// Newest first.
    let results: [OfficeResult]
    /// In quarantine, by number.
    let held: [DropRecord]
    let storage: OfficeStorage
    /// Newest first.
    let documents: [NewestDocument]
    let drafts: [OfficeDraft]
    /// The last restore drill; nil when there was none.
    let drill: DrillRecord?
    /// Standing pages that the office has.
    let links: [OfficePage.Link]

    /// Lines of one list.
    static let lineLimit = 20
    /// Days that arrivals are told of, today included.
    static let arrivalDayCount: Int64 = 14
    /// Days that storage is told of, today included.
    static let storageDayCount: Int64 = 30
    /// Versions of results that are looked at for disagreement.
    static let resultLimit = 200
}

/// What came in the last days.
struct OfficeArrivals {
    /// `YYYY-MM-DD`, oldest first; the last is today.
    let days: [String]
    /// Every party from which something came, in the order of the configuration.
    let parties: [(party: Party, sums: [ArrivalSum])]

    /// Kinds in the order in which they are told of.
    static let kinds = DropKind.allCases.filter { $0 != .acks }

    func count(day: String? = nil, kind: DropKind? = nil) -> Int {
        parties.reduce(0) { sum, party in sum + Self.count(party.sums, day: day, kind: kind) }
    }

    func byteCount(day: String) -> Int64 {
        parties.reduce(0) { sum, party in sum + party.sums.reduce(0) { $0 + ($1.day == day ? $1.byteCount : 0) } }
    }

    static func count(_ sums: [ArrivalSum], day: String? = nil, kind: DropKind? = nil) -> Int {
        sums.reduce(0) { sum, one in
            let isMeant = (day == nil || one.day == day) && (kind == nil || one.kind == kind?.rawValue)
            return isMeant ? sum + one.dropCount : sum
        }
    }
}

/// What waits for somebody or something.
struct OfficeWaiting {
    /// Seen and not finished, by number.
    let drops: [DropRecord]
    /// Why nothing is taken in; nil when it is.
    let paused: String?
    /// By reader.
    let readings: [OpenReadingSum]
    let examsWithoutResult: Int
    /// Answers and reports that came before their exam.
    let readsBeforeExam: Int
    let reportsBeforeExam: Int
    let recalls: [PendingRecall]
    /// When each of what has to lie in outbound folders was asked for, and how many of these failed before.
    let unpublishedSince: [String]
    let failedPublications: Int
}

/// How a facility is heard.
struct FacilityStanding {
    enum State: String {
        /// Longer than usual.
        case quiet
        case usual
        /// It sent on too few days to tell.
        case unknown
        case never
    }

    let facility: Facility
    let state: State
    /// ISO 8601 with offset; nil when it was never heard.
    let lastHeardAt: String?
    let usualGap: Int?
    /// 0 is Monday.
    let usualWeekdays: [Int]
    let missedDays: Int?
}

/// The newest result of an exam.
struct OfficeResult {
    let record: DeterminationRecord
    let isOut: Bool
    let content: Content

    /// What of the document is told.
    struct Content: Decodable {
        struct Opinion: Decodable, Equatable {
            let reader: String
            let label: String
        }

        let reason: String?
        let minority: [Opinion]
    }

    /// Whether its readers, or its rule, did not come to one answer.
    var isDisputed: Bool { record.status != "determined" || !content.minority.isEmpty }
}

/// What is stored.
struct OfficeStorage {
    struct TierLevel {
        let name: String
        /// As charged.
        let byteCount: Int64
        /// Of its disk, in percent, to the nearest 5; nil while it is not mounted.
        let usedPercent: Int64?
        /// At the end of each day, in the order of `days`; the last is now.
        let levels: [Int64]
    }

    /// `YYYY-MM-DD`, oldest first; the last is today.
    let days: [String]
    /// In the order of the configuration, then what has no tier any more.
    let tiers: [TierLevel]
    let balances: [StorageBalance]

    var byteCount: Int64 { tiers.reduce(0) { $0 + $1.byteCount } }
}

/// The drafts of one running month and currency.
struct OfficeDraft {
    let month: String
    let currency: String
    let facilityCount: Int
    /// As a decimal.
    let total: String
}
