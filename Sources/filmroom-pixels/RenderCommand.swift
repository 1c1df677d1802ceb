// `filmroom-pixels render`: one frame as a PNG.

import ArgumentParser
import Pixels

struct RenderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render", abstract: "Renders a frame as an 8-bit PNG.",
        discussion: """
            Greys go through the modality LUT or rescale, then the file's VOI LUT, else its first window, else --window \
            in their place. Without any, images of up to 8 unsigned bits are shown as they are, others from their \
            lowest to their highest value, padding left out. MONOCHROME1 is turned over.

            --presentation gsdf writes P-values, for a display calibrated to the DICOM standard function (and as other \
            toolkits do); srgb writes what an uncalibrated office display needs to show them alike.
            """)

    @OptionGroup var source: SourceOptions

    @Option(help: "The PNG file to write.")
    var png: String

    @Option(help: "CENTER,WIDTH or CENTER,WIDTH,FUNCTION (LINEAR, LINEAR_EXACT, SIGMOID), in modality values.")
    var window: String?

    @Option(help: "gsdf or srgb.")
    var presentation = Presentation.gsdf

    @Option(help: "The longest side of the picture, in pixels; larger ones are reduced by area averaging.")
    var fit: Int?

    @Option(help: "The compression level, 0 to 9.")
    var level = 1

    func validate() throws {
        guard fit.map({ $0 > 0 }) ?? true else { throw ValidationError("--fit is larger than 0") }
        guard (0...9).contains(level) else { throw ValidationError("--level is 0 to 9") }
        _ = try chosenWindow()
    }

    func run() throws {
        let options = RenderOptions(
            window: try chosenWindow(), presentation: presentation, size: fit.map { .fitting($0) } ?? .full,
            compressionLevel: level)
        try source.run(.png(options), target: png)
    }

    private func chosenWindow() throws -> VOIWindow? {
        guard let window else { return nil }
        let parts = window.split(separator: ",").map(String.init)
        guard (2...3).contains(parts.count), let center = Double(parts[0]), let width = Double(parts[1]),
            let function = VOIWindow.Function(rawValue: parts.count == 3 ? parts[2] : "LINEAR"),
            VOIWindow(center: center, width: width, function: function).isValid
        else { throw ValidationError("--window is CENTER,WIDTH or CENTER,WIDTH,FUNCTION, not '\(window)'") }
        return VOIWindow(center: center, width: width, function: function)
    }
}

extension Presentation: ExpressibleByArgument {}
