// The page of a result: what stands on it, that no text can leave its place, and that the same values give the same bytes.

import Files
import Foundation
import Pages
import Testing

@Suite struct ResultPageTests {
    static let hostile = "</style><script>alert(1)</script><!--<img src=x>&amp;\"'\u{202E}\u{2028}\u{0}\u{1B}"

    static func page(text: String, status: ResultPage.Status = .determined, label: String? = "recall") -> ResultPage {
        ResultPage(
            exam: text, version: 2, supersedes: 1, status: status, label: label, reason: text, rule: text,
            ruleVersion: text, protocolID: text, model: text, determinedAt: "2026-11-20T10:15:00+09:00",
            weightsOn: text, shares: [.init(label: text, value: 0.25), .init(label: "recall", value: 0.75)],
            margin: 0.5,
            reads: [
                ReportedRead(
                    reader: text, label: text, confidence: 0.8, weight: 1.5, isCounted: true, note: text, round: 1,
                    readAt: text, digest: text, text: text,
                    findings: [.init(code: text, laterality: text, sopInstanceUID: text, x: 1, y: 2.5, text: text)]),
                ReportedRead(
                    reader: "ito", label: "benign", weight: 0, isCounted: false,
                    note: "replaced by \(String(repeating: "a", count: 64))", round: 1,
                    readAt: "2026-11-20T01:15:00Z", digest: String(repeating: "b", count: 64)),
            ],
            minority: [.init(reader: text, label: text)], images: [text])
    }

    static func html(_ page: ResultPage) -> String { String(decoding: page.html(), as: UTF8.self) }

    @Test func itSaysWhatTheResultIs() {
        let html = Self.html(Self.page(text: "plain"))
        for words in [
            "<p class=\"label\"><bdi>recall</bdi></p>", "Determined</p>", "(supersedes version 1)",
            "<time datetime=\"2026-11-20T10:15:00+09:00\">2026-11-20 10:15:00 +09:00</time>", "75.0\u{202F}%",
            "width=\"750.0\"", "1 of 2", "<time datetime=\"2026-11-20T01:15:00Z\">2026-11-20 01:15:00 UTC</time>",
            "title=\"\(String(repeating: "b", count: 64))\">bbbbbbbbbbbb<", "replaced by aaaaaaaaaaaa<", "1, 2.5",
            "image 1",
        ] {
            #expect(html.contains(words) as Bool, "\(words)")
        }
    }

    @Test(arguments: [
        (ResultPage.Status.escalated, "No result yet", "Escalated: an arbiter decides"),
        (.undetermined, "No result", "Undetermined"),
    ])
    func whatIsOpenIsSaid(status: ResultPage.Status, headline: String, words: String) {
        let html = Self.html(Self.page(text: "plain", status: status, label: nil))
        #expect(html.contains("<bdi>\(headline)</bdi>") && html.contains(words) && html.contains("outcome open"))
        #expect(!html.contains("class=\"chosen\""))
    }

    @Test func hostileTextStaysInItsPlace() {
        let html = Self.html(Self.page(text: Self.hostile))
        let plain = Self.html(Self.page(text: "plain"))
        for mark in ["<script", "<img", "<!--", "<", "\""] {
            #expect(html.components(separatedBy: mark).count == plain.components(separatedBy: mark).count, "\(mark)")
        }
        let forbidden: Set<Unicode.Scalar> = ["\u{0}", "\u{1B}", "\u{202E}"]
        #expect(html.unicodeScalars.allSatisfy { !forbidden.contains($0) })
    }

    @Test func thePolicyLetsTheStylesOfThePageInAndNothingElse() throws {
        let html = Self.html(Self.page(text: "plain"))
        let start = try #require(html.range(of: "<style>")).upperBound
        let end = try #require(html.range(of: "</style>")).lowerBound
        let digest = Data(SHA256.digest(of: String(html[start..<end])).bytes).base64EncodedString()
        let policy = try #require(html.firstMatch(of: /http-equiv="Content-Security-Policy" content="([^"]*)"/)).output
            .1
        #expect(
            policy
                == "default-src 'none'; style-src 'sha256-\(digest)'; img-src data:; form-action 'none'; base-uri 'none'"
        )
        #expect(!html.contains("style=") && html.firstMatch(of: /\son[a-z]+=/) == nil)
        #expect(html.firstMatch(of: /https?:/) == nil)
    }

    @Test func theSameValuesGiveTheSameBytes() {
        #expect(Self.page(text: "a").html() == Self.page(text: "a").html())
    }

    @Test func anExamWithoutSharesSaysSo() {
        var page = Self.page(text: "plain", status: .undetermined, label: nil)
        page.shares = []
        page.minority = []
        let html = Self.html(page)
        #expect(html.contains("The rule made no shares") && html.contains("<p class=\"soft\">None.</p>"))
    }
}
