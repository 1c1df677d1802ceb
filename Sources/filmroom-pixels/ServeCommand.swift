// `filmroom-pixels serve`: answers requests on standard input, for other programs of the package.

import ArgumentParser
import Glibc
import PixelCodecs
import Pixels

struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Answers requests on standard input until it ends.",
        discussion: """
            Each message, both ways: the header's length (4 bytes), a JSON header, the payload's length (8 bytes), the \
            payload; lengths little endian. The first message is a greeting.
            """)

    @Option(help: "Address space, in bytes.")
    var memory = PixelLimits.standard.memoryByteCount

    @Option(help: "Processor time of one request, in seconds.")
    var processor = PixelLimits.standard.processorSeconds

    @Option(help: "Bytes of one decoded frame.")
    var frameBytes = PixelLimits.standard.frameByteCount

    @Option(help: "Bytes of a file's attributes.")
    var headerBytes = PixelLimits.standard.headerByteCount

    func run() throws {
        var limits = PixelLimits.standard
        limits.memoryByteCount = memory
        limits.processorSeconds = processor
        limits.frameByteCount = frameBytes
        limits.headerByteCount = headerBytes
        try PixelServer(limits: limits).serve(input: STDIN_FILENO, output: STDOUT_FILENO)
    }
}
