// Makes the liaison page of a chart of the party's own: the service's page, from files of this machine alone.
//
// It appears whole. Nothing of an exam that is held because it is another patient's gets in. Memory: one frame.

import Bundles
import Files
import Foundation
import Interchange
import Pages
import Pipeline
import Pixels
import Radiology
import Spool
import Viewing

struct ChartPage {
    let chart: LinkedChart
    let store: ChartStore
    let facility: String

    private static let chunkByteCount = 1 << 20
    private static let pageFiles: Set = ["index.html", "viewer.js", "viewer.css"]

    /// - Returns: The page's path.
    func make() throws -> String {
        let parent = "\(store.path)/pages"
        try Paths.makeDirectories(parent, permissions: 0o700)
        let identity = chart.patient.identity.normalized(own: chart.ownIssuer)
        let issuer = identity.issuer.isEmpty ? chart.ownIssuer ?? facility : identity.issuer
        let name = store.name(of: PatientIdentity(patientID: identity.patientID, issuer: issuer))
        let folder = try OutboundFolder(
            parent: try OpenDirectory.open(followingLinks: parent), name: FileName(name))
        try fill(folder)
        _ = try folder.finish()
        return "\(parent)/\(name)/index.html"
    }

    private func fill(_ folder: OutboundFolder) throws {
        let placed = try chart.shown.map { try place($0, folder) }
        let viewed = placed.compactMap(\.viewed)
        let page = ViewerPage(
            kind: .liaison, patient: try title(),
            exam: viewed.first ?? ViewedExam(key: "", facility: "", studyInstanceUID: "", series: []),
            priors: Array(viewed.dropFirst()), chart: note(placed.map(\.note)))
        for file in try page.files() { try folder.add(file.name, file.bytes) }
        try folder.add("links.json", links())
    }

    private func note(_ exams: [ChartNote.Exam]) -> ChartNote {
        let told = chart.told
        let order = chart.entries.indices.sorted {
            (chart.entries[$0].entry.time ?? "", $0) > (chart.entries[$1].entry.time ?? "", $1)
        }
        return ChartNote(
            entries: order.map { ChartNote.Entry(chart.entries[$0].entry, links: told[$0] ?? []) }, exams: exams,
            merged: chart.cluster.dropFirst().map(\.patient.identity.patientID))
    }

    private func links() -> [UInt8] {
        LinksText(
            patient: chart.patient.identity.normalized(own: chart.ownIssuer), ownIssuer: chart.ownIssuer,
            links: chart.told.sorted { $0.key < $1.key }.flatMap(\.value), unmatchedEntries: chart.unmatchedEntries,
            unmatchedExams: chart.unmatchedExams,
            merged: chart.cluster.dropFirst().map { $0.patient.identity.normalized(own: chart.ownIssuer) }
        ).json()
    }

    /// As the chart names the patient, else as the images do.
    private func title() throws -> PatientTitle {
        let patient = chart.patient
        let images = try chart.shown.lazy.compactMap { try Self.title(of: $0) }.first
        return PatientTitle(
            name: patient.name ?? images?.displayName ?? "", patientID: patient.identity.patientID,
            birthDate: patient.birthDate ?? images?.birthDate, sex: patient.sex ?? images?.sex)
    }

    private static func title(of exam: ChartExam) throws -> PatientTitle? {
        switch exam.source {
        case .desk(let exam): try exam.page()?.patient
        case .folder(let exam): exam.images[0].patientTitle
        }
    }

    // MARK: Exams

    private typealias Placed = (viewed: ViewedExam?, note: ChartNote.Exam)

    private func place(_ exam: ChartExam, _ folder: OutboundFolder) throws -> Placed {
        switch exam.source {
        case .folder(let local): try place(local, exam, folder)
        case .desk(let given): try place(given, exam, folder)
        }
    }

    /// What names an exam's pixel files: unique on the page.
    private func pixelKey(_ exam: ChartExam) -> String { "e\(SHA256.digest(of: exam.key).short)-" }

    private func place(_ local: LocalExam, _ exam: ChartExam, _ folder: OutboundFolder) throws -> Placed {
        let pictures = InstancePictures(
            pixels: PixelProcesses(program: try ViewCommand.program(), count: 1), folder: folder,
            prefix: "exams/\(exam.key)/")
        let progress = Progress(
            title: exam.key, total: local.images.reduce(0) { $0 + $1.byteCount }, logger: Console.logger())
        defer { progress.finish() }
        let viewed = try local.view(
            pictures, firstNumber: 1, pixelKey: pixelKey(exam), key: exam.key, progress: progress
        ).exam
        return (viewed, Self.note(exam, viewed, missing: nil, []))
    }

    private func place(_ given: DeskExam, _ exam: ChartExam, _ folder: OutboundFolder) throws -> Placed {
        guard let page = try given.page() else {
            let missing = given.denial.map { "It was not given: \($0)" } ?? "Its page cannot be read."
            return (nil, Self.note(exam, nil, missing: missing, []))
        }
        let prefix = "exams/\(exam.key)/"
        let pixels = Dictionary(
            page.exam.series.flatMap(\.instances).flatMap(\.pixels).map { ($0.path, $0.key) }
        ) { first, _ in first }
        for file in given.files where !Self.pageFiles.contains(file.path) {
            try copy(file, of: given, to: prefix + file.path, pixels[file.path].map { ($0, pixelKey(exam)) }, folder)
        }
        let viewed = page.exam.moved(to: prefix, pixelKey: pixelKey(exam))
        let hasImages = viewed.series.contains { !$0.instances.isEmpty }
        let reports = page.delivery?.reports.map { $0.moved(to: prefix) } ?? []
        return (
            hasImages ? viewed : nil,
            Self.note(exam, viewed, missing: hasImages ? nil : "No image of it was given.", reports)
        )
    }

    private static func note(
        _ exam: ChartExam, _ viewed: ViewedExam?, missing: String?, _ reports: [ShownReport]
    ) -> ChartNote.Exam {
        let modalities = Set(viewed?.series.map(\.modality) ?? []).sorted().joined(separator: " ")
        let parts = [
            modalities, viewed?.studyDescription ?? "", exam.outline.day ?? "", exam.outline.accessionNumber,
        ]
        return ChartNote.Exam(
            key: exam.key, title: parts.filter { !$0.isEmpty }.joined(separator: ", "), missing: missing,
            reports: reports)
    }

    // MARK: Files

    /// Takes a file of a delivery over: the same bytes under another name of theirs; of a pixel file all but its own name.
    private func copy(
        _ file: DeskExam.File, of exam: DeskExam, to target: String, _ renaming: (key: String, prefix: String)?,
        _ folder: OutboundFolder
    ) throws {
        guard let from = exam.folder, RelativePath(bytes: Array(file.path.utf8)) != nil else { return }
        let source = "\(from)/\(file.path)"
        guard Paths.exists(source), try LocalFolder.digest(ofFile: source).hex == file.sha256 else {
            throw ClientFailure.failed("\(source) is not what was delivered; 'chart open --renew' asks for it again")
        }
        if renaming == nil, try Paths.link(source, as: try folder.path(target)) {
            _ = try folder.seal(target)
            return
        }
        let input = try OpenFile.read(source)
        let output = try folder.begin(target)
        var start = [UInt8](repeating: 0, count: Self.chunkByteCount)
        var isFirst = true
        while case let count = try start.withUnsafeMutableBytes({ try input.read(into: $0) }), count > 0 {
            var piece = start[..<count]
            if isFirst, let renaming {
                guard let new = PixelsKey.renamed(piece, key: renaming.key, prefix: renaming.prefix) else {
                    throw ClientFailure.failed("\(source) is no pixel file of this version of the page")
                }
                piece = new.bytes[...] + piece.dropFirst(new.replaced)
            }
            isFirst = false
            try Array(piece).withUnsafeBytes { try output.write($0) }
        }
        _ = try output.finish()
    }
}
