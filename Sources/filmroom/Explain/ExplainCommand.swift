// `filmroom explain ID`: everything that happened to whatever ID names, in order.

import ArgumentParser
import Catalog
import Stages

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Everything that happened to a drop, an exam or a file, in order.",
        discussion: """
            ID is a drop (d-000017), an exam's key (northside_A-1001), an accession number, a study, series or SOP Instance UID, \
            an invoice's number (2026-000012) or one of its lines (2026-000012:2), a metered use, a digest of a drop, file, pack, \
            read or report or its first 8 digits or more, a request's id, an event (received:d-000017), a receipt's or missing \
            list's file name with or without its folder (receipts/images.day1.zip.incomplete.json), or a drop's own name.

            Prints what each thing is that ID names, then what happened, a line each with its time. Exits with 1 when nothing \
            here is called so. With --json: {"id", "subjects", "events"}.
            """)

    @OptionGroup var options: SiteOptions
    @Argument(help: "What is to be explained.") var id: String

    func validate() throws {
        if id.isEmpty { throw ValidationError("ID is empty; give a name such as d-000017 or northside_A-1001") }
    }

    func run() throws {
        let site = try options.open()
        let document = try options.orFail { () -> [String: Any] in
            let subjects = try SubjectSearch(catalog: site.catalog).subjects(id)
            var story = Story(catalog: site.catalog)
            let described = try subjects.map { try story.tell($0) }
            return ["id": id, "subjects": described, "events": story.inOrder]
        }
        if options.json { try StandardStreams.printJSON(document) }
        guard document["subjects"].flatMap({ $0 as? [[String: Any]] })?.isEmpty == false else {
            throw CommandFailure.failed(
                "nothing here is called '\(id)'; `filmroom find` and the receipts have the names")
        }
        if !options.json { for line in ExplanationText.lines(document) { StandardStreams.print(line) } }
    }
}
