// A site of facilities that a seed made, which is told what they used and invoiced night by night.

import Accounting
import Catalog
import Configuration
import Logging
import Pipeline
import TestSupport

@testable import Stages

final class RandomSite {
    let facilities: [String]
    private let folder: TemporaryFolder
    private let configurations: [SiteConfiguration]
    private let changeNight: Int
    private var night = 0

    private static let zones = [
        "UTC", "Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Asia/Tokyo",
    ]
    /// In seconds since 1970: from 1 February 2028 to the middle of July.
    static let firstNight: Int64 = 1_832_976_000

    /// - Parameter random: The same numbers make the same site.
    init(facilityCount: Int, _ random: inout SplitMix) throws {
        let facilities = (0..<facilityCount).map { "f\($0)" }
        self.facilities = facilities
        folder = try TemporaryFolder()
        changeNight = Int.random(in: 2...7, using: &random)
        var tariff = RandomTariffText()
        var zones: [[String]] = []
        for facility in facilities {
            tariff.add(facility: facility, &random)
            let zone = Self.zones[Int.random(in: 0..<Self.zones.count, using: &random)]
            let isMoving = Int.random(in: 0..<4, using: &random) == 0
            let later = isMoving ? Self.zones[Int.random(in: 0..<Self.zones.count, using: &random)] : zone
            zones.append([zone, later])
        }
        configurations = try [0, 1].map { time in
            try SiteConfiguration.parse([
                "parties.yaml": Self.parties(zip(facilities, zones.map { $0[time] })), "tariff.yaml": tariff.text,
            ])
        }
    }

    private static func parties(_ zones: Zip2Sequence<[String], [String]>) -> String {
        "site: {id: s, name: S, timeZone: Europe/London, currency: EUR, address: {country: GB}, vatID: GB1}\n"
            + "management: [{id: office}]\nfacilities:\n"
            + zones.map { "  - {id: \($0), name: \($0), timeZone: \($1), purposes: [treatment, teaching]}\n" }.joined()
    }

    var configuration: SiteConfiguration { configurations[night >= changeNight ? 1 : 0] }
    var tariff: Tariff { configuration.tariff }

    /// The site as it stands in a night.
    func open(night: Int, at seconds: Int64) throws -> SiteContext {
        self.night = night
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        guard let utc = BillingCalendar(timeZone: "UTC"),
            let clock = SiteClock(asOf: utc.text(seconds), timeZone: "Europe/London")
        else { preconditionFailure("a night has a time") }
        return try SiteContext(root: folder.path, configuration: configuration, clock: clock, logger: logger)
    }
}

extension SplitMix {
    /// Nights from one to the last: about two a month, at any hour; the last is in mid-month.
    mutating func nights(from first: Int64) -> [Int64] {
        var nights = [first]
        for half in 1...10 {
            let usual = first + Int64(half) * 1_317_600
            nights.append(usual + Int64.random(in: -200_000...200_000, using: &self))
        }
        return nights
    }
}
