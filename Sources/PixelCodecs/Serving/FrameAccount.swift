// FrameAccount owns what is told of a frame beside its pixels: its grey scale, the range that occurs, a window to begin
// with. Every number in it can be written as JSON.

internal import Pixels

/// The account of a frame.
struct FrameAccount: Sendable {
    private let scale: GreyScale
    private let image: ImageDescription
    private let number: Int

    init(_ scale: GreyScale, _ image: ImageDescription, number: Int) {
        self.scale = scale
        self.image = image
        self.number = number
    }

    /// - Parameter range: The stored values that occur, padding left out; nil when nothing was decoded.
    func description(range: ClosedRange<Double>?) -> FrameDescription {
        FrameDescription(
            frameNumber: number, rescaleSlope: scale.slope, rescaleIntercept: scale.intercept,
            rescaleType: scale.rescaleType, hasModalityLUT: scale.modalityLUT != nil,
            hasVOILUT: scale.voiLUT != nil, windows: scale.windows, isInverted: scale.isInverted,
            padding: scale.padding, range: range.flatMap(modality), defaultWindow: window(range))
    }

    func answer(
        _ format: SampleFormat, _ sides: (rows: Int, columns: Int), _ bytes: [UInt8], range: ClosedRange<Double>?
    ) -> PixelAnswer {
        let raster = RasterDescription(
            rows: sides.rows, columns: sides.columns, format: format, byteCount: bytes.count)
        return PixelAnswer(image: image, frame: description(range: range), raster: raster, bytes: bytes)
    }

    private func modality(_ range: ClosedRange<Double>) -> FrameDescription.Interval? {
        let ends = (scale.modality(range.lowerBound), scale.modality(range.upperBound))
        guard ends.0.isFinite, ends.1.isFinite else { return nil }
        return FrameDescription.Interval(lower: min(ends.0, ends.1), upper: max(ends.0, ends.1))
    }

    /// The file's first window, else one that shows what the default picture shows.
    private func window(_ range: ClosedRange<Double>?) -> VOIWindow? {
        if image.isColor { return nil }
        if let table = scale.voiLUT {
            return Self.over(Double(table.firstMapped), Double(table.firstMapped + table.entries.count - 1))
        }
        if let first = scale.windows.first { return first }
        guard let range else { return nil }
        let rendering = GreyRendering(
            scale: scale, image: image, window: nil, range: range, presentation: .gsdf)
        guard case .range(let lower, let upper) = rendering.voi else { return nil }
        return Self.over(lower, upper)
    }

    private static func over(_ lower: Double, _ upper: Double) -> VOIWindow? {
        let window = VOIWindow(
            center: (lower + upper) / 2, width: max(upper - lower, 1e-9), function: .linearExact)
        return window.isValid ? window : nil
    }
}
