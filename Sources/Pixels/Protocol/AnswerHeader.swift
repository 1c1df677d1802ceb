// AnswerHeader owns the JSON of an answer on its way: either the descriptions, or one reason for their absence.

/// The first part of an answer's message.
package struct AnswerHeader: Codable, Sendable {
    package let image: ImageDescription?
    package let frame: FrameDescription?
    package let raster: RasterDescription?
    package let derived: DerivedDescription?
    /// The instance is at fault.
    package let unrenderable: String?
    /// The machine is at fault.
    package let unavailable: String?

    package init(_ answer: PixelAnswer) {
        image = answer.image
        frame = answer.frame
        raster = answer.raster
        derived = answer.derived
        unrenderable = nil
        unavailable = nil
    }

    package init(_ error: PixelsError) {
        image = nil
        frame = nil
        raster = nil
        derived = nil
        switch error {
        case .unrenderable(let reason):
            unrenderable = reason
            unavailable = nil
        case .unavailable(let reason):
            unrenderable = nil
            unavailable = reason
        }
    }

    /// The answer that this and a message's payload make.
    ///
    /// - Returns: nil when the header is none of ours.
    func answer(payload: [UInt8]) throws(PixelsError) -> PixelAnswer? {
        if let unrenderable { throw .unrenderable(unrenderable) }
        if let unavailable { throw .unavailable(unavailable) }
        guard let image, let frame else { return nil }
        return PixelAnswer(image: image, frame: frame, raster: raster, derived: derived, bytes: payload)
    }
}
