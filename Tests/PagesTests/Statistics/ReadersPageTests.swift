// The page of readers' statistics: its figures, its drawings, and that no name can leave its place.

import Foundation
import Pages
import Testing

@Suite struct ReadersPageTests {
    static func reader(_ id: String, share: ShareFigures?) -> ReaderFigures {
        ReaderFigures(
            id: id, name: id, assignedCount: 20, readCount: 15, blindReadCount: 14,
            turnaround: TurnaroundFigures(count: 15, lowerQuartile: 60, median: 1800, upperQuartile: 200_000),
            recallRate: share, sensitivity: share, specificity: nil)
    }

    static func page(_ names: [String], kappa: Double = 0.85, positive: String? = "recall") -> ReadersPage {
        let share = ShareFigures(count: 9, total: 10, value: 0.9, lower: 0.596, upper: 0.982)
        let estimate = EstimateFigures(value: kappa, lower: nil, upper: nil, sampleCount: 1000)
        let pairs =
            names.count < 2
            ? [] : [PairFigures(first: names[0], second: names[1], itemCount: 10, agreedCount: 9, kappa: estimate)]
        let figures = ReadingFigures(
            protocolID: names[0], labels: ["normal", names[0]], isOrdered: true, positive: positive, examCount: 20,
            determinedCount: 12, readers: names.map { reader($0, share: share) }, pairs: pairs,
            agreement: AgreementFigures(
                itemCount: 10, readCount: 20, fleissKappa: estimate, alphaNominal: nil, alphaOrdinal: nil,
                gwetAC1: estimate))
        return ReadersPage(
            siteName: names[0], newestReadAt: "2026-11-20T10:15:00+09:00", seed: 7, protocols: [figures])
    }

    static func html(_ page: ReadersPage) -> String { String(decoding: page.html(), as: UTF8.self) }

    @Test func figuresStandWithTheirIntervals() {
        let html = Self.html(Self.page(["sato", "ito"]))
        for words in [
            "20 exams assigned, 12 determined", "90.0\u{202F}%", "59.6 to 98.2\u{202F}%", "9 of 10", "30\u{202F}min",
            "60\u{202F}s to 2.3\u{202F}d", "x1=\"596.0\" x2=\"982.0\"", "width=\"750.0\"", "with seed 7",
            "class=\"cell k4\"", "sato and ito: 0.85, 10 read by both",
        ] {
            #expect(html.contains(words) as Bool, "\(words)")
        }
    }

    @Test(arguments: [(-0.2, "k0", "\u{2212}0.20"), (0.1, "k1", "0.10"), (0.5, "k2", "0.50"), (0.7, "k3", "0.70")])
    func fieldsAreAsDarkAsAgreementIsHigh(kappa: Double, style: String, text: String) {
        let html = Self.html(Self.page(["sato", "ito"], kappa: kappa))
        #expect(html.components(separatedBy: "class=\"cell \(style)\"").count == 3)
        #expect(html.contains("</title>\(text)</text>"))
    }

    @Test func hostileNamesStayInTheirPlaces() {
        let html = Self.html(Self.page([ResultPageTests.hostile, "ito"]))
        let plain = Self.html(Self.page(["sato", "ito"]))
        for mark in ["<script", "<img", "<!--", "<", "\""] {
            #expect(html.components(separatedBy: mark).count == plain.components(separatedBy: mark).count, "\(mark)")
        }
    }

    @Test func whatIsNotAskedIsNotShown() {
        let html = Self.html(Self.page(["sato"], positive: nil))
        #expect(!html.contains("Sensitivity") && !html.contains("<svg class=\"matrix\""))
        let empty = ReadersPage(siteName: "x", newestReadAt: nil, seed: 1, protocols: [])
        #expect(Self.html(empty).contains("No exam was assigned"))
    }

    @Test func theSameValuesGiveTheSameBytes() {
        #expect(Self.page(["a", "b"]).html() == Self.page(["a", "b"]).html())
    }
}
