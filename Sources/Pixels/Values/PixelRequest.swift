// PixelRequest owns what can be asked of a codec process. A value: the same request gives the same answer.

/// A request for something of one frame.
package struct PixelRequest: Codable, Hashable, Sendable {
    /// What is wanted.
    package enum Task: Codable, Hashable, Sendable {
        /// The attributes alone; nothing is decoded.
        case describe
        case values(ValuesOptions)
        case png(RenderOptions)
        /// A whole DICOM file of all frames; it needs a target.
        case derive(DeriveOptions)
    }

    package let source: PixelSource
    /// From 1, as DICOM counts frames.
    package let frameNumber: Int
    package let task: Task
    /// The file to write, made or emptied; nil to have the bytes in the answer.
    package let target: String?

    package init(source: PixelSource, frameNumber: Int = 1, task: Task, target: String? = nil) {
        self.source = source
        self.frameNumber = frameNumber
        self.task = task
        self.target = target
    }
}

/// How pixel values are wanted.
///
/// Grey values of up to 16 bits come as `uint16` or `int16`, by Pixel Representation, whatever the file's container;
/// wider ones as they are. Colours (also palette colour) come as `rgb8`.
package struct ValuesOptions: Codable, Hashable, Sendable {
    /// Which values.
    package enum Stage: String, Codable, Sendable {
        /// As stored, overlay bits removed, sign extended.
        case stored
        /// After a Modality LUT Sequence, where there is one; a rescale is left to who reads them.
        case modality
    }

    package let size: OutputSize
    package let stage: Stage

    package init(size: OutputSize = .full, stage: Stage = .stored) {
        self.size = size
        self.stage = stage
    }
}

/// How a picture is wanted.
package struct RenderOptions: Codable, Hashable, Sendable {
    /// Nil for the file's own: VOI LUT, else the first window, else the whole range (see `FrameDescription`).
    package let window: VOIWindow?
    package let presentation: Presentation
    package let size: OutputSize
    /// 0 to 9, as zlib has it; 1 is made for noisy greys.
    package let compressionLevel: Int

    package init(
        window: VOIWindow? = nil, presentation: Presentation = .gsdf, size: OutputSize = .full,
        compressionLevel: Int = 1
    ) {
        self.window = window
        self.presentation = presentation
        self.size = size
        self.compressionLevel = compressionLevel
    }
}
