// The report of a result, laid out for paper with the words of the result's page. Pure.

internal import Paper

struct ResultReportPaper {
    private let report: ResultReport
    private let text: ResultPageText

    init(_ report: ResultReport) {
        self.report = report
        text = ResultPageText(report.result)
    }

    private var result: ResultPage { report.result }

    var document: PaperDocument {
        let site = ShownText.line(report.siteName)
        let name = "Result \(ShownText.line(result.exam)) v\(result.version)"
        return PaperDocument(
            title: "\(name): \(text.headline)", author: site, subject: "Result of examination",
            date: result.determinedAt,
            footer: "\(name) \u{B7} \(ShownText.line(report.patient.displayName)) \u{B7} \(site)",
            blocks: [
                .text(PaperText("Result of examination", .label)), .text(PaperText(text.headline, .title)),
                .text(PaperText("\(text.statusText). \(standing)", .strong)),
            ] + why + [subject, outcome] + reads + narratives + [end])
    }

    /// How far it has come, and whether it stands in the place of another.
    private var standing: String {
        let word =
            switch report.standing {
            case .preliminary: "Not final"
            case .final: "Final"
            case .amended: "Corrected"
            }
        return result.supersedes.map { "\(word): supersedes version \($0)." } ?? "\(word)."
    }

    private var why: [PaperBlock] { result.reason.map { [.text(PaperText(ShownText.clean($0)))] } ?? [] }

    /// Patient and exam, side by side.
    private var subject: PaperBlock {
        let patient = report.patient
        let id = [patient.patientID, report.issuerOfPatientID ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
        let left: [(String, String?)] = [
            ("Patient", patient.displayName), ("Patient ID", id), ("Born", patient.birthDate), ("Sex", patient.sex),
        ]
        let right: [(String, String?)] = [
            ("Facility", report.facilityName), ("Accession", report.accessionNumber), ("Exam date", report.studyDate),
            ("Exam", report.studyDescription), ("Study UID", report.studyInstanceUID),
        ]
        return Self.facts(Self.known(left), Self.known(right))
    }

    private var outcome: PaperBlock {
        let counted = "\(result.reads.count(where: \.isCounted)) of \(result.reads.count)"
        let left: [(String, String?)] = [
            ("Determined", ShownText.time(result.determinedAt)), ("Version", "\(result.version)"),
            ("Protocol", result.protocolID),
        ]
        let right: [(String, String?)] = [
            ("Rule", result.rule), ("Reads counted", counted + (result.isByDeadline ? " (at the deadline)" : "")),
            ("Margin", ShownText.percent(result.margin)),
        ]
        return Self.facts(Self.known(left), Self.known(right))
    }

    private var reads: [PaperBlock] {
        let columns: [PaperGrid.Column] = [
            .init(0.2), .init(0.2), .init(0.12, isRight: true), .init(0.1, isRight: true), .init(0.14), .init(0.24),
        ]
        let rows = result.reads.map { read -> [PaperGrid.Cell] in
            let note = read.note.map { [PaperText(text.shorteningDigests($0), .note)] } ?? []
            return [
                .init(ShownText.line(read.reader)), .init(ShownText.line(read.label)),
                .init(read.confidence.map(ShownText.short) ?? "\u{2013}"),
                .init(read.isCounted ? ShownText.short(read.weight) : "\u{2013}"),
                .init([PaperText(read.isCounted ? "yes" : "no")] + note), .init(ShownText.time(read.readAt)),
            ]
        }
        return [
            .text(PaperText("Reads", .heading)),
            .grid(
                PaperGrid(
                    columns: columns, header: ["Reader", "Label", "Confidence", "Weight", "Counted", "Read at"],
                    rows: rows)),
        ]
    }

    /// What the readers wrote and found.
    private var narratives: [PaperBlock] {
        let told = result.reads.filter { $0.text.map { !$0.isEmpty } ?? false || !$0.findings.isEmpty }
        guard !told.isEmpty else { return [] }
        return [.text(PaperText("Findings and texts", .heading))] + told.flatMap(narrative)
    }

    private func narrative(_ read: ReportedRead) -> [PaperBlock] {
        let who = "\(ShownText.line(read.reader)): \(ShownText.line(read.label)), round \(read.round)"
        var blocks: [PaperBlock] = [.text(PaperText(who + (read.isCounted ? "" : ", not counted"), .strong))]
        if let text = read.text, !text.isEmpty { blocks.append(.text(PaperText(ShownText.clean(text)))) }
        guard !read.findings.isEmpty else { return blocks }
        let rows = read.findings.map { finding -> [PaperGrid.Cell] in
            let place = finding.x.flatMap { x in finding.y.map { "\(ShownText.short(x)), \(ShownText.short($0))" } }
            return [
                .init(ShownText.line(finding.code ?? "")), .init(ShownText.line(finding.laterality ?? "")),
                .init(place ?? ""), .init(text.imageNumber(finding.sopInstanceUID)),
                .init(ShownText.clean(finding.text ?? "")),
            ]
        }
        let grid = PaperGrid(
            columns: [.init(0.18), .init(0.07), .init(0.15), .init(0.15), .init(0.45)],
            header: ["Code", "Side", "Place", "Image", "Text"], rows: rows)
        return blocks + [.grid(grid)]
    }

    private var end: PaperBlock {
        let images = result.images.count == 1 ? "1 image" : "\(result.images.count) images"
        return .text(
            PaperText(
                "Found in \(images), which \(ShownText.line(result.exam)).v\(result.version).json names. A result is never "
                    + "changed: a later one supersedes it.", .note))
    }

    private static func known(_ facts: [(String, String?)]) -> [(String, String)] {
        facts.compactMap { term, text in text.flatMap { $0.isEmpty ? nil : (term, ShownText.line($0)) } }
    }

    private static func facts(_ left: [(String, String)], _ right: [(String, String)]) -> PaperBlock {
        let rows = (0..<max(left.count, right.count)).map { index -> [PaperGrid.Cell] in
            let pair = [left, right].map { index < $0.count ? $0[index] : ("", "") }
            return pair.flatMap { [PaperGrid.Cell($0.0, .label), PaperGrid.Cell($0.1)] }
        }
        return .grid(
            PaperGrid(
                columns: [.init(0.13), .init(0.34), .init(0.15), .init(0.38)], rows: rows, isRuled: false))
    }
}
