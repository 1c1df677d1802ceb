// TextStyle owns what the styles of a document look like. Pure.

internal import Paper

/// Size, weight and colour of a text, in points.
struct TextStyle {
    let size: Double
    let isBold: Bool
    /// 0 is black.
    let grey: Double
    /// What is left free before it, unless it begins a page.
    let spaceBefore: Double
    let spaceAfter: Double

    init(_ style: PaperText.Style) {
        switch style {
        case .title: self.init(size: 18, isBold: true, grey: 0.05, before: 0, after: 6)
        case .heading: self.init(size: 11, isBold: true, grey: 0.05, before: 14, after: 4)
        case .body: self.init(size: 8.5, isBold: false, grey: 0.05, before: 0, after: 3)
        case .strong: self.init(size: 8.5, isBold: true, grey: 0.05, before: 0, after: 3)
        case .label: self.init(size: 7.5, isBold: false, grey: 0.35, before: 0, after: 3)
        case .note: self.init(size: 7, isBold: false, grey: 0.35, before: 5, after: 0)
        }
    }

    private init(size: Double, isBold: Bool, grey: Double, before: Double, after: Double) {
        self.size = size
        self.isBold = isBold
        self.grey = grey
        spaceBefore = before
        spaceAfter = after
    }
}
