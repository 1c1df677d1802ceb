// The command line of the codec program: one command a file.
//
// `serve` is what other programs of the package use; the others do one thing each for a person or a script, under the
// same limits. A damaged file may end this process by a signal: that is what it is for.

import ArgumentParser

@main
struct PixelsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "filmroom-pixels",
        abstract: "Decodes and renders the pixels of DICOM files, in a process of its own.",
        discussion: """
            Exit codes: 0 done, 1 no pixels (the reason is on standard error), 64 usage; by a signal when damaged data \
            brought a decoder down.
            """,
        subcommands: [
            DescribeCommand.self, RenderCommand.self, ValuesCommand.self, DeriveCommand.self, ServeCommand.self,
        ])
}
