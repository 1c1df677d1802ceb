// A part of a bar or column: so much of one kind. Values only.

/// A part of a bar.
package struct PlotPart: Sendable, Equatable {
    /// The class that colours it: `s0` to `s5`.
    package let style: String
    /// In the unit of the whole drawing.
    package let value: Int64
    /// What a pointer is told.
    package let title: String

    package init(style: String, value: Int64, title: String) {
        self.style = style
        self.value = value
        self.title = title
    }
}

/// What a colour of a drawing stands for.
package struct PlotKey: Sendable, Equatable {
    package let style: String
    package let name: String

    package init(style: String, name: String) {
        self.style = style
        self.name = name
    }
}
