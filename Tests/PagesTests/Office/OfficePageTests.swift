// The page of an office: what it says, where it leads, and that no name can leave its place.

import Foundation
import Pages
import Testing

@Suite struct OfficePageTests {
    private static func page(_ name: String, address: String? = nil, rest: Int = 0, isAlert: Bool = false) -> String {
        let table = OfficePage.Table(
            [.init("Exam"), .init("Count", isNumber: true)],
            rows: [[.init(name, note: name, address: address), .init("12")]], restCount: rest)
        let plot = ColumnPlot(
            [.init(mark: name, parts: [PlotPart(style: "s0", value: 3, title: name)], title: name)], most: name,
            label: name)
        let page = OfficePage(
            siteName: name,
            glances: [.init(number: "3", name: "drops wait", note: name, section: "waiting", isAlert: isAlert)],
            sections: [
                .init(
                    id: "waiting", title: "What waits", lead: name,
                    figures: [
                        .init(
                            title: "Drops", plot: .columns(plot), keys: [.init(style: "s0", name: name)], table: table)
                    ],
                    tables: [table])
            ], links: [.init(title: name, address: "results/readers.html")], renewal: "Made anew.")
        return String(decoding: page.html(asOf: "2026-11-20T10:15:00+09:00"), as: UTF8.self)
    }

    @Test func aPageSaysWhenItWasMadeAndLeadsToItsSections() {
        let html = Self.page("north", address: "notices/a%2541.json", rest: 4)
        for words in [
            "2026-11-20 10:15:00 +09:00", "href=\"#waiting\"", "id=\"waiting\"", "href=\"index.json\"",
            "href=\"notices/a%2541.json\"", "And 4 more.", "<td class=\"number\">12</td>",
            "href=\"results/readers.html\"",
        ] { #expect(html.contains(words) as Bool, "\(words)") }
        #expect(!html.contains("<script") && !html.contains("To be looked at"))
        #expect(Self.page("north", isAlert: true).contains("To be looked at"))
    }

    @Test func noNameLeavesItsPlace() {
        let html = Self.page("</title><script>alert(1)</script>\u{202E}\" onload=\"x\n")
        #expect(!html.contains("<script") && !html.contains("onload=\"x") && !html.contains("\u{202E}"))
        #expect(html.contains("&lt;script&gt;alert(1)"))
    }

    @Test func namesOfFilesBecomeAddressesThatLeadToThem() {
        #expect(LinkText.path(["results", "north_A%2F1 ä.v1.html"]) == "results/north_A%252F1%20%C3%A4.v1.html")
        #expect(LinkText.percentEncoded("a-b_c.d~e:/?#") == "a-b_c.d~e%3A%2F%3F%23")
        let url = URL(string: "file:///x/\(LinkText.path(["results", "A%2F1.html"]))")
        #expect(url?.path == "/x/results/A%2F1.html")
    }

    @Test(
        arguments: [
            (0, "under 10 min"), (599, "under 10 min"), (600, "10 min"), (1799, "20 min"), (3599, "50 min"),
            (3600, "1 h"),
            (172_799, "47 h"), (172_800, "2 d"),
        ] as [(Int64, String)])
    func anAgeIsSaidInSteps(_ seconds: Int64, _ expected: String) {
        #expect(ShownText.age(seconds).replacingOccurrences(of: "\u{202F}", with: " ") == expected)
    }

    @Test(
        arguments: [
            (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (999_949, "999.9 kB"), (999_950, "1.0 MB"),
            (2_500_000_000, "2.5 GB"), (Int64.max, "9.2 EB"),
        ] as [(Int64, String)])
    func bytesAreSaidByPowersOf1000(_ count: Int64, _ expected: String) {
        #expect(ShownText.bytes(count).replacingOccurrences(of: "\u{202F}", with: " ") == expected)
    }

    @Test func columnsStandOnOneAnotherToOneScale() {
        let parts = [PlotPart(style: "s0", value: 30, title: "a"), PlotPart(style: "s1", value: 10, title: "b")]
        let plot = ColumnPlot(
            [.init(mark: "1", parts: parts, title: "x"), .init(mark: "2", parts: [parts[1]], title: "y")], most: "40",
            label: "both")
        // The highest is 150 high and begins at 20.
        #expect(plot.svg.contains("class=\"s0\" x=\"210\" y=\"58\" width=\"60\" height=\"112\""))
        #expect(plot.svg.contains("class=\"s1\" x=\"210\" y=\"20\" width=\"60\" height=\"38\""))
        #expect(plot.svg.contains("class=\"s1\" x=\"690\" y=\"133\" width=\"60\" height=\"37\""))
        #expect(plot.svg.contains("role=\"img\" aria-label=\"both\""))
        #expect(ColumnPlot([], most: "0", label: "").svg.hasSuffix("</svg>"))
    }
}
