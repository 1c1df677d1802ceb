// The stored pixel values of one image as the page loads them: script files of one or more frames each.
//
// Memory: one frame.

package import Files
package import Pages
package import Pixels
package import Spool

/// Writes the pixel files of one image.
package struct PixelFiles {
    private let pixels: PixelProcesses
    private let folder: OutboundFolder
    private let base: String
    private let source: PixelSource
    private let size: OutputSize

    /// - Parameter base: The folder that the page lies in, ending in `/`, or nothing.
    package init(
        pixels: PixelProcesses, folder: OutboundFolder, base: String = "", source: PixelSource, size: OutputSize = .full
    ) {
        self.pixels = pixels
        self.folder = folder
        self.base = base
        self.source = source
        self.size = size
    }

    /// What was written, and how each frame's greys are shown.
    package struct Written {
        package let files: [PixelsFile]
        package let frames: [FrameDescription]
        /// Of the files, in their order.
        package let digests: [(sha256: SHA256Digest, byteCount: Int64)]
        package let image: ImageDescription
    }

    /// - Parameters:
    ///   - path: Of the files, without the ending.
    ///   - key: What they call themselves first.
    /// - Throws: `.unrenderable` when the image has no pixels for a page; nothing of it is left in the folder then.
    package func write(path: String, key: String) throws(PixelsError) -> Written {
        var written = Parts()
        do throws(PixelsError) { return try write(path: path, key: key, into: &written) } catch {
            // What is not whole is no content.
            for file in written.files {
                do { try folder.discard(base + file.path) } catch { throw .unavailable("\(error)") }
            }
            throw error
        }
    }

    private func write(path: String, key: String, into written: inout Parts) throws(PixelsError) -> Written {
        let first = try values(1)
        let frameCount = first.image.frameCount
        var next = 1
        while next <= frameCount {
            let answer = next == 1 ? first : try values(next)
            guard let raster = answer.raster, let type = PixelsHeader.SampleType(raster.format) else {
                throw .unrenderable("pixels of \(first.image.bitsAllocated) bits have no place in a page")
            }
            let count = min(
                PixelsHeader.framesPerFile(rows: raster.rows, columns: raster.columns, type: type),
                frameCount - next + 1)
            let suffix = count == frameCount ? "" : "-\(written.files.count + 1)"
            let file = PixelsFile(
                path: "\(path)\(suffix).js", key: "\(key)\(suffix)", firstFrame: next - 1, frameCount: count)
            let header = PixelsHeader(rows: raster.rows, columns: raster.columns, frames: count, type: type)
            try write(file, header, first: answer, into: &written)
            next += count
        }
        let frames = Self.isOne(written.frames) ? Array(written.frames.prefix(1)) : written.frames
        return Written(files: written.files, frames: frames, digests: written.digests, image: first.image)
    }

    private struct Parts {
        var files: [PixelsFile] = []
        var frames: [FrameDescription] = []
        var digests: [(sha256: SHA256Digest, byteCount: Int64)] = []
    }

    private func values(_ frame: Int) throws(PixelsError) -> PixelAnswer {
        try pixels.values(of: source, frameNumber: frame, options: ValuesOptions(size: size, stage: .modality))
    }

    private func write(
        _ file: PixelsFile, _ header: PixelsHeader, first: PixelAnswer, into written: inout Parts
    ) throws(PixelsError) {
        written.files.append(file)
        var writer = PixelsWriter(key: file.key, header: header)
        let output = try open(base + file.path)
        let put = { (piece: UnsafeRawBufferPointer) throws(PixelsError) in
            do { try output.write(piece) } catch { throw PixelsError.unavailable("\(error)") }
        }
        for frame in file.firstFrame..<file.firstFrame + file.frameCount {
            let answer = frame == file.firstFrame ? first : try values(frame + 1)
            written.frames.append(answer.frame)
            guard answer.bytes.count == header.byteCount / header.frames else {
                throw .unrenderable("frame \(frame + 1) has another size than the first")
            }
            let result = answer.bytes.withUnsafeBytes { bytes in
                Result { () throws(PixelsError) in try writer.append(bytes, write: put) }
            }
            try result.get()
        }
        try writer.finish(write: put)
        do { written.digests.append((try output.finish(), output.byteCount)) } catch { throw .unavailable("\(error)") }
    }

    private func open(_ path: String) throws(PixelsError) -> OutboundPiece {
        do { return try folder.begin(path) } catch { throw .unavailable("\(error)") }
    }

    /// Whether all frames are shown alike.
    private static func isOne(_ frames: [FrameDescription]) -> Bool {
        frames.allSatisfy { frame in
            frame.rescaleSlope == frames[0].rescaleSlope && frame.rescaleIntercept == frames[0].rescaleIntercept
                && frame.windows == frames[0].windows && frame.padding == frames[0].padding
        }
    }
}

extension PixelsHeader.SampleType {
    /// nil for what no page shows.
    fileprivate init?(_ format: SampleFormat) {
        switch format {
        case .uint16: self = .uint16
        case .int16: self = .int16
        case .rgb8: self = .rgb8
        case .uint32, .int32, .float32, .float64, .png, .dicom: return nil
        }
    }
}
