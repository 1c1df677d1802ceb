// `filmroom-bench page`: a viewer page from a description, through the same code that makes every page.
//
// It is for looking at pages and for their tests, which have no exam in an archive. The description is JSON: `page` as
// a `ViewerPage`, and `pixels`, the samples of each pixel file. Never reads DICOM.

import ArgumentParser
import Files
import FoundationEssentials
import Pages

struct PageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "page", abstract: "Writes a viewer page from a description.", shouldDisplay: false)

    @Argument(help: "The description: JSON with `page` and `pixels`.")
    var description: String

    @Argument(help: "The folder to write to; it and its folder `pixels` must exist.")
    var folder: String

    func run() throws {
        let data = try Data(contentsOf: URL(filePath: description))
        let description = try JSONDecoder().decode(PageDescription.self, from: data)
        for file in try description.page.files() {
            try Data(file.bytes).write(to: URL(filePath: "\(folder)/\(file.name)"))
        }
        for pixels in description.pixels { try write(pixels) }
    }

    private func write(_ pixels: PageDescription.Samples) throws {
        let header = PixelsHeader(
            rows: pixels.rows, columns: pixels.columns, frames: pixels.frames, type: pixels.type)
        let source = try OpenFile.read(pixels.source)
        let target = try OpenFile.create("\(folder)/\(pixels.path)")
        var writer = PixelsWriter(key: pixels.key, header: header)
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        defer { piece.deallocate() }
        while case let count = try source.read(into: piece), count > 0 {
            try writer.append(UnsafeRawBufferPointer(rebasing: piece[..<count])) { try target.write($0) }
        }
        try writer.finish { try target.write($0) }
    }
}
