// The stored pixel values of one image as the page loads them: script files of one or more frames each.
//
// Memory: one frame.

internal import Files
internal import Pages
internal import Pixels
internal import Spool

struct PixelFiles {
    let site: SiteContext
    let folder: OutboundFolder
    let source: PixelSource

    /// What was written, and how each frame's greys are shown.
    struct Written {
        let files: [PixelsFile]
        let frames: [FrameDescription]
    }

    /// - Parameters:
    ///   - path: Of the files, without the ending.
    ///   - key: What they call themselves first.
    func write(_ first: PixelAnswer, path: String, key: String) throws(PixelsError) -> Written {
        var files: [PixelsFile] = []
        var frames: [FrameDescription] = []
        var next = 1
        while next <= first.image.frameCount {
            let answer = try values(next)
            guard let raster = answer.raster, let type = PixelsHeader.SampleType(raster.format) else {
                throw .unrenderable("pixels of \(first.image.bitsAllocated) bits have no place in a page")
            }
            let count = min(
                PixelsHeader.framesPerFile(rows: raster.rows, columns: raster.columns, type: type),
                first.image.frameCount - next + 1)
            let suffix = count == first.image.frameCount ? "" : "-\(files.count + 1)"
            let file = PixelsFile(
                path: "\(path)\(suffix).js", key: "\(key)\(suffix)", firstFrame: next - 1, frameCount: count)
            let header = PixelsHeader(rows: raster.rows, columns: raster.columns, frames: count, type: type)
            frames += try write(file, header, first: answer)
            files.append(file)
            next += count
        }
        return Written(files: files, frames: Self.isOne(frames) ? Array(frames.prefix(1)) : frames)
    }

    private func values(_ frame: Int) throws(PixelsError) -> PixelAnswer {
        try site.pixels.values(of: source, frameNumber: frame, options: ValuesOptions(stage: .modality))
    }

    private func write(
        _ file: PixelsFile, _ header: PixelsHeader, first: PixelAnswer
    ) throws(PixelsError) -> [FrameDescription] {
        var frames: [FrameDescription] = []
        var writer = PixelsWriter(key: file.key, header: header)
        let output = try open(file.path)
        let put = { (piece: UnsafeRawBufferPointer) throws(PixelsError) in
            do { try output.write(piece) } catch { throw PixelsError.unavailable("\(error)") }
        }
        for frame in file.firstFrame..<file.firstFrame + file.frameCount {
            let answer = frame == file.firstFrame ? first : try values(frame + 1)
            frames.append(answer.frame)
            guard answer.bytes.count == header.byteCount / header.frames else {
                throw .unrenderable("frame \(frame + 1) has another size than the first")
            }
            let result = answer.bytes.withUnsafeBytes { bytes in
                Result { () throws(PixelsError) in try writer.append(bytes, write: put) }
            }
            try result.get()
        }
        try writer.finish(write: put)
        do { try folder.seal(file.path) } catch { throw .unavailable("\(error)") }
        return frames
    }

    private func open(_ path: String) throws(PixelsError) -> OpenFile {
        do {
            let path = try folder.path(path)
            return try OpenDirectory.open(Paths.parent(of: path)).createFile(FileName(Paths.lastComponent(of: path)))
        } catch { throw .unavailable("\(error)") }
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
