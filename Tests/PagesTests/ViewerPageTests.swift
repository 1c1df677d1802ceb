// What stands in a page: the files, their structure, and that no text can leave its place.

import Foundation
import Pages
import Testing

@Suite struct ViewerPageTests {
    static let hostile =
        "</script><script>alert(1)</script><!--<img src=x onerror=alert(1)>&amp;\"'\u{2028}\u{2029}\u{0}"

    static func page(text: String) -> ViewerPage {
        let instance = ViewedInstance(
            sopInstanceUID: "1.2.3", rows: 2, columns: 2, photometricInterpretation: text, laterality: text,
            viewPosition: text, image: "images/1.dcm", rendered: ["rendered/1.png"],
            pixels: [PixelsFile(path: "pixels/1.js", key: "1")], unrenderable: text,
            grey: [GreyScale(windows: [.init(center: 40, width: 400, explanation: text)])])
        let series = ViewedSeries(
            seriesInstanceUID: text, description: text, modality: text, bodyPart: text, instances: [instance])
        return ViewerPage(
            kind: .packet, patient: PatientTitle(name: text, patientID: text, birthDate: text, sex: text),
            exam: ViewedExam(
                key: text, facility: text, accessionNumber: text, studyInstanceUID: text, studyDescription: text,
                series: [series]),
            form: DiagnosisForm(
                reader: text, readerName: text, protocolID: text, labels: [text], isOrdered: false, round: 1, rounds: 1,
                packetVersion: 1),
            earlierReads: [EarlierRead(readerName: text, label: text, findings: [.init(text: text)], text: text)])
    }

    static func html(_ page: ViewerPage) throws -> String {
        let index = try #require(try page.files().first { $0.name == "index.html" })
        return String(decoding: index.bytes, as: UTF8.self)
    }

    @Test func aPageIsThreeFiles() throws {
        let files = try Self.page(text: "a").files()
        #expect(files.map(\.name) == ["index.html", "viewer.js", "viewer.css"])
        #expect(files.allSatisfy { !$0.bytes.isEmpty })
        #expect(try Self.page(text: "a").files() == files)
    }

    @Test func hostileTextEndsNoElement() throws {
        let html = try Self.html(Self.page(text: Self.hostile))
        let plain = try Self.html(Self.page(text: "plain"))
        for mark in ["<script", "</script", "<img", "<!--", "<"] {
            #expect(html.components(separatedBy: mark).count == plain.components(separatedBy: mark).count, "\(mark)")
        }
        #expect(html.unicodeScalars.allSatisfy { $0 >= " " && $0 != "\u{2028}" || $0 == "\n" } as Bool)
    }

    @Test func theDataComeBackAsTheyWere() throws {
        let page = Self.page(text: Self.hostile)
        let html = try Self.html(page)
        let opening = "<script type=\"application/json\" id=\"filmroom-page\">"
        let start = try #require(html.range(of: opening)).upperBound
        let end = try #require(html.range(of: "</script>", range: start..<html.endIndex)).lowerBound
        #expect(try JSONDecoder().decode(ViewerPage.self, from: Data(html[start..<end].utf8)) == page)
    }

    @Test func nothingRunsThatIsNotAFile() throws {
        let html = try Self.html(Self.page(text: "a"))
        let policy = try #require(html.firstMatch(of: /http-equiv="Content-Security-Policy" content="([^"]*)"/)).output
            .1
        #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
        #expect(!html.contains("style=") && html.firstMatch(of: /\son[a-z]+=/) == nil)
        #expect(html.matches(of: /<script(?![^>]*(src=|type="application\/json"))/).isEmpty)
        #expect(html.firstMatch(of: /https?:/) == nil)
    }

    @Test func scriptsCarryNoAddressAndNoMarkup() throws {
        for file in ViewerAssets.files {
            let text = String(decoding: file.bytes, as: UTF8.self)
            let addresses = text.matches(of: /https?:[^"' ]*/).map { String($0.output) }
            #expect(addresses.allSatisfy { $0 == "http://www.w3.org/2000/svg" }, "\(file.name)")
            for word in [
                "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", " fetch(",
            ] {
                #expect(!text.contains(word) as Bool, "\(file.name): \(word)")
            }
        }
    }

    @Test func aNumberThatIsNoneIsRefused() {
        var page = Self.page(text: "a")
        page.exam.series = [
            ViewedSeries(
                seriesInstanceUID: "1", modality: "CT",
                instances: [
                    ViewedInstance(
                        sopInstanceUID: "1", rows: 1, columns: 1, photometricInterpretation: "MONOCHROME2",
                        grey: [GreyScale(slope: .nan)])
                ])
        ]
        #expect(throws: PagesError.self) { try page.files() }
    }
}
