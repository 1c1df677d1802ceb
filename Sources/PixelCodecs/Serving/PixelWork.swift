// PixelWork owns the answering of one request, from the file to the bytes of the output. It runs in a codec process, or
// in a test: nothing here knows of pipes or limits of the system.

internal import DICOM
internal import Files
package import Pixels

/// The work on requests.
package struct PixelWork: Sendable {
    private let limits: PixelLimits
    private let recent = RecentHeader()
    private let frameBegins: @Sendable () throws(PixelsError) -> Void

    /// - Parameter frameBegins: Called before each frame of a derived file.
    package init(
        limits: PixelLimits = .standard, frameBegins: @escaping @Sendable () throws(PixelsError) -> Void = {}
    ) {
        self.limits = limits
        self.frameBegins = frameBegins
    }

    /// Answers a request; an output that goes to a file has been written, but not made durable.
    package func answer(_ request: PixelRequest) throws(PixelsError) -> PixelAnswer {
        if case .derive(let options) = request.task { return try derived(request, options) }
        let answer = try made(request)
        guard let target = request.target, answer.raster != nil else { return answer }
        do throws(FilesError) {
            try OpenFile.create(target).write(answer.bytes)
        } catch {
            throw .unavailable(error.description)
        }
        return PixelAnswer(image: answer.image, frame: answer.frame, raster: answer.raster, bytes: [])
    }

    private func derived(_ request: PixelRequest, _ options: DeriveOptions) throws(PixelsError) -> PixelAnswer {
        guard let target = request.target else { throw .unavailable("a derived file needs a target") }
        let source = try SourceFile.open(request.source)
        let header = try recent.header(of: request.source, source, limits: limits)
        let decoder = FrameDecoder(header: header, source: source, limits: limits)
        return try Derivation(decoder: decoder, options: options, frameBegins: frameBegins).write(to: target)
    }

    private func made(_ request: PixelRequest) throws(PixelsError) -> PixelAnswer {
        let source = try SourceFile.open(request.source)
        let header = try recent.header(of: request.source, source, limits: limits)
        let scale = GreyScale(header, frame: request.frameNumber)
        if request.task == .describe {
            let frame = FrameAccount(scale, header.image, number: request.frameNumber).description(range: nil)
            return PixelAnswer(image: header.image, frame: frame, raster: nil, bytes: [])
        }
        let decoded = try FrameDecoder(header: header, source: source, limits: limits).decode(
            frame: request.frameNumber)
        return header.image.isColor
            ? try color(request, ColorFrame(decoded, header: header), header, scale)
            : try grey(request, GreyFrame(decoded, image: header.image), header, scale)
    }

    private func color(
        _ request: PixelRequest, _ frame: ColorFrame, _ header: ImageHeader, _ scale: GreyScale
    ) throws(PixelsError) -> PixelAnswer {
        let account = FrameAccount(scale, header.image, number: request.frameNumber)
        let (size, level) = Self.size(request.task)
        let sides = size.sides(rows: frame.rows, columns: frame.columns)
        let pixels = Self.reduced(frame.pixels, 3, from: (frame.rows, frame.columns), to: sides)
        guard let level else {
            return account.answer(.rgb8, sides, pixels, range: nil)
        }
        let png = try PNGEncoder.encoded(
            pixels, rows: sides.rows, columns: sides.columns, channels: 3, level: level, isSRGB: false)
        return account.answer(.png, sides, png, range: nil)
    }

    private func grey(
        _ request: PixelRequest, _ frame: GreyFrame, _ header: ImageHeader, _ scale: GreyScale
    ) throws(PixelsError) -> PixelAnswer {
        let account = FrameAccount(scale, header.image, number: request.frameNumber)
        let range = frame.storedRange(without: scale.padding)
        switch request.task {
        case .png(let options):
            // Greys are looked up for what occurs, padding too.
            let all = scale.padding == nil ? range : frame.storedRange(without: nil)
            let rendering = GreyRendering(
                scale: scale, image: header.image, window: options.window, range: range,
                presentation: options.presentation)
            let sides = options.size.sides(rows: frame.rows, columns: frame.columns)
            let greys = Self.reduced(
                rendering.greys(frame, range: all), 1, from: (frame.rows, frame.columns), to: sides)
            let png = try PNGEncoder.encoded(
                greys, rows: sides.rows, columns: sides.columns, channels: 1, level: options.compressionLevel,
                isSRGB: options.presentation == .srgb)
            return account.answer(.png, sides, png, range: range)
        case .values(let options):
            let values = Self.values(frame, options, scale)
            return account.answer(values.format, (values.rows, values.columns), values.bytes, range: range)
        case .describe, .derive: preconditionFailure("these have been answered already")
        }
    }

    private static func values(_ frame: GreyFrame, _ options: ValuesOptions, _ scale: GreyScale) -> GreyFrame {
        let sides = options.size.sides(rows: frame.rows, columns: frame.columns)
        let isWhole = sides == (frame.rows, frame.columns)
        let average = AreaAverage(
            rows: frame.rows, columns: frame.columns, newRows: sides.rows, newColumns: sides.columns)
        let reduced = isWhole ? frame : average.grey(frame, padding: scale.padding)
        guard options.stage == .modality, let table = scale.modalityLUT else { return reduced }
        return reduced.mapped(by: table)
    }

    /// The size asked for, and the PNG's compression level when a PNG is.
    private static func size(_ task: PixelRequest.Task) -> (OutputSize, Int?) {
        switch task {
        case .describe, .derive: (.full, nil)
        case .values(let options): (options.size, nil)
        case .png(let options): (options.size, options.compressionLevel)
        }
    }

    private static func reduced(
        _ samples: [UInt8], _ channels: Int, from old: (rows: Int, columns: Int), to new: (rows: Int, columns: Int)
    ) -> [UInt8] {
        guard new != old else { return samples }
        let average = AreaAverage(rows: old.rows, columns: old.columns, newRows: new.rows, newColumns: new.columns)
        return average.bytes(samples, channels: channels)
    }
}
