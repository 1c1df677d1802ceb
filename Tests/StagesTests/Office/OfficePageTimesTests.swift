// When a worker looks at the pages of its offices again.

import Configuration
import Testing

@testable import Stages

@Suite struct OfficePageTimesTests {
    @Test func eachOfficeIsLookedAtOnceInItsTime() throws {
        let parties = """
            site: {id: site, timeZone: UTC, currency: EUR}
            management: [{id: slow, pageEvery: 10s}, {id: quick, pageEvery: 1s}]
            """
        let offices = try SiteConfiguration.parse(["parties.yaml": parties]).managementOffices
        var times = OfficePageTimes()
        let start: UInt64 = 5_000_000_000
        func take(_ milliseconds: UInt64) -> Set<String> { times.take(offices, now: start + milliseconds * 1_000_000) }
        #expect(take(0) == ["slow", "quick"] && take(999) == [] && take(1000) == ["quick"])
        #expect(take(1999) == [] && take(9999) == ["quick"] && take(10_000) == ["slow"] && take(10_999) == ["quick"])
    }
}
