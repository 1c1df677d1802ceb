// `filmroom-client report`: a report of an exam, with or without a document, where the purpose gives the right.

import ArgumentParser
import Files
import Foundation

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Send a report of an exam in.",
        discussion: """
            The text comes from --text, from --text-file, or from standard input with --text-file -. --attach adds a PDF or a \
            text document. The receipt's item has the report's digest, by which a later one names it in --supersedes.
            """)

    @OptionGroup var server: ServerOptions
    @OptionGroup var answer: AnswerOptions
    @OptionGroup var exam: ExamOptions

    @Option(help: "preliminary final amended cancelled.")
    var status = "final"

    @Option(help: "Who wrote it.")
    var author: String?

    @Option(help: "What it says.")
    var text: String?

    @Option(help: "A file that says it; - is standard input.")
    var textFile: String?

    @Option(help: "A PDF or UTF-8 text that belongs to it.")
    var attach: String?

    @Option(help: "Under which purpose.")
    var purpose: String?

    @Option(help: "The digest of the report that this one replaces or cancels.")
    var supersedes: String?

    private struct Document: Encodable {
        let type = "report"
        let exam: ExamName
        let author: String?
        let status: String
        let text: String?
        let purpose: String?
        let attachment: String?
        let supersedes: String?
    }

    private static let attachmentLimit = 256 << 20

    func validate() throws {
        if exam.isEmpty { throw ValidationError("of which exam? --accession or --study") }
        if text != nil, textFile != nil { throw ValidationError("--text and --text-file say the same thing; give one") }
        if text == nil, textFile == nil, attach == nil, status != "cancelled" {
            throw ValidationError("the report says nothing: --text, --text-file or --attach")
        }
    }

    func run() throws {
        let outbox = try Outbox(desk: server.deskPath)
        let making = DropMaking(outbox: outbox, kind: "reports", logger: Console.logger())
        let attachment = attach.map { Outgoing.safeName(Paths.lastComponent(of: $0)) }
        let document = Document(
            exam: exam.name, author: author, status: status, text: try body(), purpose: purpose,
            attachment: attachment, supersedes: supersedes)
        let bytes = try [UInt8](Console.encoder.encode(document))
        let stem = "report-\(Outgoing.safeName(exam.accession ?? exam.study ?? ""))"
        let drop =
            try attachment.map { try together(bytes, $0, making, stem: stem) }
            ?? making.document(bytes, stem: stem, ending: "json")
        let sent = try DropSender(postbox: try server.open(), outbox: outbox, waitSeconds: answer.seconds).send(drop)
        try Report(sent: [sent], isJSON: server.json).tell()
    }

    private func body() throws -> String? {
        guard let textFile else { return text }
        if textFile == "-" {
            return String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
        }
        return String(decoding: try Paths.read(Paths.resolve(textFile, below: Paths.current())), as: UTF8.self)
    }

    /// The report and its document in one archive.
    private func together(_ report: [UInt8], _ attachment: String, _ making: DropMaking, stem: String) throws
        -> Outgoing
    {
        let source = Paths.resolve(attach ?? "", below: Paths.current())
        guard Paths.exists(source) else { throw ClientFailure.failed("\(source): nothing is there") }
        let place = "\(making.outbox.path)/.\(stem)"
        try LocalFolder.remove(place)
        try Paths.makeDirectories(place, permissions: 0o700)
        // A document named so would take the report's place.
        let own = attachment == "report.json" ? "the-report.json" : "report.json"
        try Paths.write(report, to: "\(place)/\(own)")
        try Paths.write(try Paths.read(source, limit: Self.attachmentLimit), to: "\(place)/\(attachment)")
        let drop = try making.bundle([own, attachment].sorted(), below: place, name: stem, form: .tar)
        try LocalFolder.remove(place)
        return drop
    }
}
