// FrameDescription owns how the greys of one frame are to be shown: its functional groups first, then those shared by
// all frames, then the data set's own attributes (PS3.3 section C.7.6.16).

/// The grey scale of one frame.
package struct FrameDescription: Codable, Hashable, Sendable {
    /// From 1.
    package let frameNumber: Int
    /// Modality value = stored value × slope + intercept; 1 and 0 where the file says none.
    package let rescaleSlope: Double
    package let rescaleIntercept: Double
    /// The unit of modality values, HU for example.
    package let rescaleType: String?
    /// True when a Modality LUT Sequence takes the place of slope and intercept.
    package let hasModalityLUT: Bool
    /// True when the default picture goes through a VOI LUT Sequence rather than a window.
    package let hasVOILUT: Bool
    /// The file's windows, in its order; those of impossible width are left out.
    package let windows: [VOIWindow]
    /// True when the lowest value is white: MONOCHROME1, or Presentation LUT Shape INVERSE.
    package let isInverted: Bool
    /// The stored values that are no part of the image; nil when there are none.
    package let padding: Interval?
    /// The lowest and highest modality value, padding left out; nil when nothing was decoded or the frame is colour.
    package let range: Interval?
    /// A window to begin with: the file's first, or one over what the default picture shows. Nil as `range`, where
    /// the file has none.
    package let defaultWindow: VOIWindow?

    /// Two values and all between.
    package struct Interval: Codable, Hashable, Sendable {
        package let lower: Double
        package let upper: Double

        package init(lower: Double, upper: Double) {
            self.lower = lower
            self.upper = upper
        }
    }

    package init(
        frameNumber: Int, rescaleSlope: Double, rescaleIntercept: Double, rescaleType: String?, hasModalityLUT: Bool,
        hasVOILUT: Bool, windows: [VOIWindow], isInverted: Bool, padding: Interval?, range: Interval?,
        defaultWindow: VOIWindow?
    ) {
        self.frameNumber = frameNumber
        self.rescaleSlope = rescaleSlope
        self.rescaleIntercept = rescaleIntercept
        self.rescaleType = rescaleType
        self.hasModalityLUT = hasModalityLUT
        self.hasVOILUT = hasVOILUT
        self.windows = windows
        self.isInverted = isInverted
        self.padding = padding
        self.range = range
        self.defaultWindow = defaultWindow
    }
}
