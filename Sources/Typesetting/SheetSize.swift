// SheetSize owns the measures of a page. Pure.

/// A4 with its margins, in points.
enum SheetSize {
    static let width = 595.276
    static let height = 841.89
    static let left = 56.7
    static let right = 45.4
    static let top = 51.0
    /// Where the text of a page ends.
    static let bottom = height - 62
    /// Where the foot of a page begins.
    static let foot = height - 46

    static var measure: Double { width - left - right }
    static var bodyHeight: Double { bottom - top }
}
