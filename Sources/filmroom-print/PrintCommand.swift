// The command line of the program that prints.
//
// `serve` is what other programs of the package use; `file` prints one document for a person or a script. Text that brings
// a font library down ends this process by a signal: that is what it is for.

import ArgumentParser

@main
struct PrintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "filmroom-print",
        abstract: "Makes PDF files, in a process of its own.",
        discussion: """
            Exit codes: 0 done, 1 no PDF (the reason is on standard error), 64 usage; by a signal when what was to be set \
            brought a library down.
            """,
        subcommands: [FileCommand.self, ServeCommand.self])
}
