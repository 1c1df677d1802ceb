// `filmroom-pixels values`: the pixel values of one frame.

import ArgumentParser
import Pixels

struct ValuesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "values", abstract: "Writes the pixel values of a frame, little endian, row by row.",
        discussion: """
            Greys of up to 16 bits as uint16 or int16, wider ones as stored, colours as three bytes RGB; which one the \
            printed JSON says (raster.format).
            """)

    @OptionGroup var source: SourceOptions

    @Option(help: "The file to write.")
    var out: String

    @Option(help: "The linear scale of rows and columns, above 0 and up to 1; reduced by area averaging.")
    var density = 1.0

    @Flag(help: "Apply a Modality LUT Sequence, where there is one.")
    var modality = false

    func validate() throws {
        guard density > 0, density <= 1 else { throw ValidationError("--density is above 0 and at most 1") }
    }

    func run() throws {
        let options = ValuesOptions(
            size: density < 1 ? .density(density) : .full, stage: modality ? .modality : .stored)
        try source.run(.values(options), target: out)
    }
}
