// `filmroom-client chart for`: from images to the charts that belong to them.

import ArgumentParser
import Files
import Foundation
import Radiology

struct ChartForCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "for", abstract: "Find the charts of the images in a folder, and make their pages.",
        discussion: """
            The folder may be a delivery, a CD, or any other with DICOM files. Nothing is asked of the service and nothing is \
            sent. Needs filmroom-pixels beside this program.
            """)

    @OptionGroup var options: ChartOptions

    @Option(help: "Who you are at the service; also $FILMROOM_PARTY.")
    var party: String?

    @Option(help: "Where picked up things lie; also $FILMROOM_DESK. Default: ~/filmroom.")
    var desk: String?

    @Flag(help: "Open the pages in the browser.")
    var open = false

    @Flag(help: "Print one JSON document on standard output.")
    var json = false

    @Argument(help: "The folder.")
    var folder: String

    private struct Found: Encodable {
        let patientID: String
        let page: String
        let links: [TellingLink]
        let held: [TellingLink]
    }

    private struct Exam: Encodable {
        let exam: String
        let accessionNumber: String?
        let studyInstanceUID: String
        let patientID: String?
        let charts: [Found]
    }

    private struct Document: Encodable {
        let type = "chartFor"
        let exams: [Exam]
    }

    func run() throws {
        let facility = try ServerOptions.partyID(party)
        let source = Paths.resolve(folder, below: Paths.current())
        guard Paths.status(source)?.kind == .directory else { throw ClientFailure.failed("\(folder) is no folder") }
        let local = LocalExam.all(try LocalImage.all(in: source))
        guard !local.isEmpty else { throw ClientFailure.failed("\(folder): no DICOM image is in it") }
        let deskPath = ServerOptions.desk(desk)
        let store = try ChartStore(desk: deskPath, issuer: options.ownIssuer, isWriting: true)
        let given = try DeskExams(desk: deskPath, facility: facility, now: Date()).all()
        try store.learn(ownIssuer: given.lazy.compactMap(\.about.ownIssuer).first)
        let charts = try roots(of: local, store).map { root in
            let chart = try LinkedChart(root, store: store, facility: facility, desk: given, local: local)
            return (chart: chart, page: try ChartPage(chart: chart, store: store, facility: facility).make())
        }
        try tell(local.map { exam($0, charts) })
    }

    /// The patients whose charts the images may belong to: by the patient's id, and by the entries that name them.
    private func roots(of exams: [LocalExam], _ store: ChartStore) throws -> [StoredChart] {
        var roots: [PatientIdentity: StoredChart] = [:]
        for exam in exams {
            let first = exam.images[0]
            var found = try first.text(.patientID).map { try store.charts(patientID: $0) } ?? []
            for number in [first.text(.accessionNumber) ?? "", first.studyInstanceUID] where !number.isEmpty {
                found += try store.charts(.number, number)
            }
            for chart in found {
                let root = try store.root(of: chart)
                roots[root.patient.identity] = root
            }
        }
        return roots.sorted { $0.key < $1.key }.map(\.value)
    }

    private func exam(_ local: LocalExam, _ charts: [(chart: LinkedChart, page: String)]) -> Exam {
        let first = local.images[0]
        var key = first.text(.accessionNumber) ?? first.studyInstanceUID
        var found: [Found] = []
        for (chart, page) in charts {
            guard let own = chart.exams.first(where: { $0.outline.studyInstanceUID == first.studyInstanceUID }) else {
                continue
            }
            key = own.key
            let told = chart.told.sorted { $0.key < $1.key }.flatMap(\.value).filter { $0.exam == own.key }
            let isShown = chart.shown.contains { $0.key == own.key }
            guard isShown || !told.isEmpty else { continue }
            let allowed = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-._~"))
            let fragment = own.key.addingPercentEncoding(withAllowedCharacters: allowed) ?? own.key
            found.append(
                Found(
                    patientID: chart.patient.identity.patientID, page: isShown ? "\(page)#exam=\(fragment)" : page,
                    links: told.filter(\.holds).map { TellingLink($0) },
                    held: told.filter(\.isHeld).map { TellingLink($0) }))
        }
        return Exam(
            exam: key, accessionNumber: first.text(.accessionNumber), studyInstanceUID: first.studyInstanceUID,
            patientID: first.text(.patientID), charts: found)
    }

    private func tell(_ exams: [Exam]) throws {
        if json { try Console.printJSON(Document(exams: exams)) }
        for exam in exams {
            if !json {
                for chart in exam.charts {
                    Console.print(chart.page)
                    for link in chart.links { Console.print("  \(link.entry)  \(link.certainty): \(link.by)") }
                    for link in chart.held {
                        Console.print("  \(link.entry)  held: the images are patient \(link.patientOfExam ?? "")'s")
                    }
                }
            }
            if exam.charts.isEmpty { Console.say("\(exam.exam): no chart belongs to it") }
        }
        guard open else { return }
        for page in Set(exams.flatMap(\.charts).map(\.page)).sorted() {
            _ = try ChildProcess(program: "xdg-open", arguments: [page]).run()
        }
    }
}
