// TopLevelOrder owns what the order of the root data set's elements tells: the last tag, whether pixel data has
// passed, whether disorder was already remarked. It decides nothing by itself.

/// The order of top-level elements so far.
struct TopLevelOrder: Sendable {
    var last = Tag(0)
    var hasElements = false
    var hasPixelData = false
    var hasSaidDisorder = false
    var hasSaidOddLength = false
    var hasSaidUnknownVR = false
    var hasSaidImplicitHeader = false
}
