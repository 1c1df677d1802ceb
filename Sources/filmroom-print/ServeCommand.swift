// `filmroom-print serve`: prints the document that comes on standard input, for other programs of the package.

import ArgumentParser
import Glibc
import Paper
import Typesetting

struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Prints one document that comes on standard input.",
        discussion: """
            Each message, both ways: the header's length (4 bytes), a JSON header, the payload's length (8 bytes), the \
            payload; lengths little endian. The first message says whether the fonts are there; the payload that comes is \
            the document as JSON, those that go are the file.
            """)

    @Option(help: "Address space, in bytes.")
    var memory = PaperLimits.standard.memoryByteCount

    @Option(help: "Processor time, in seconds.")
    var processor = PaperLimits.standard.processorSeconds

    @Option(help: "Bytes of a document.")
    var documentBytes = PaperLimits.standard.documentByteCount

    func run() throws {
        var limits = PaperLimits.standard
        limits.memoryByteCount = memory
        limits.processorSeconds = processor
        limits.documentByteCount = documentBytes
        try PrintServer(limits: limits).serve(input: STDIN_FILENO, output: STDOUT_FILENO)
    }
}
