// Which exam: the options of every command that names one.

import ArgumentParser

struct ExamOptions: ParsableArguments {
    @Option(help: "Whose exam; may be left out where only one fits.")
    var facility: String?

    @Option(help: "Accession number.")
    var accession: String?

    @Option(help: "Study Instance UID.")
    var study: String?

    var isEmpty: Bool { accession == nil && study == nil }

    var name: ExamName { ExamName(facility: facility, accessionNumber: accession, studyInstanceUID: study) }
}

/// An exam as drops name it.
struct ExamName: Codable {
    var facility: String?
    var accessionNumber: String?
    var studyInstanceUID: String?
}
