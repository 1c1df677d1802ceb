// What a page shows of one image: a picture for the list of series, and the stored values.
//
// Memory: one frame. An image that cannot be rendered leaves nothing in the folder but its reason.

package import DICOM
package import Pages
package import Pixels
package import Spool

/// Makes the pictures of the images of one folder.
package struct InstancePictures {
    private let pixels: PixelProcesses
    private let folder: OutboundFolder
    private let prefix: String

    /// - Parameter prefix: The folder's own subfolder, ending in `/`, or nothing.
    package init(pixels: PixelProcesses, folder: OutboundFolder, prefix: String = "") {
        self.pixels = pixels
        self.folder = folder
        self.prefix = prefix
    }

    /// Makes `rendered/<number>.png` and `pixels/<number>.js`, and notes in `viewed` where they are.
    ///
    /// - Parameters:
    ///   - key: What the pixel files call themselves first; unique within the page.
    ///   - header: The attributes of the file.
    /// - Returns: The picture's path and the number of frames.
    /// - Throws: `.unrenderable` when there is nothing to show.
    package func make(
        of source: PixelSource, number: Int, key: String, header: DataSet, viewed: inout ViewedInstance
    ) throws(PixelsError) -> (rendered: String, frames: Int) {
        let first = try pixels.describe(source)
        let frames = first.image.frameCount
        viewed.rows = first.image.rows
        viewed.columns = first.image.columns
        viewed.frames = frames
        let rendered = "\(prefix)rendered/\(number).png"
        _ = try pixels.render(source, frameNumber: (frames + 1) / 2, to: try target(rendered))
        try sealed(rendered)
        viewed.rendered = [rendered]
        let written = try PixelFiles(pixels: pixels, folder: folder, source: source)
            .write(path: "\(prefix)pixels/\(number)", key: key)
        viewed.pixels = written.files
        viewed.grey = first.image.isColor ? [] : written.frames.map { GreyScale($0, header: header) }
        return (rendered, frames)
    }

    private func target(_ file: String) throws(PixelsError) -> String {
        do { return try folder.path(file) } catch { throw .unavailable("\(error)") }
    }

    private func sealed(_ file: String) throws(PixelsError) {
        do { try folder.seal(file) } catch { throw .unavailable("\(error)") }
    }
}
