// PixelGrid owns the two matrices of a resampling, and where a place of the one lies in the other. Both cover the same
// area: a pixel of the new matrix covers `ratio` old ones along each axis.

/// Rows and columns before and after.
package struct PixelGrid: Hashable, Sendable {
    package let rows: Int
    package let columns: Int
    package let newRows: Int
    package let newColumns: Int

    package init(rows: Int, columns: Int, newRows: Int, newColumns: Int) {
        precondition(rows > 0 && columns > 0 && newRows > 0 && newColumns > 0)
        self.rows = rows
        self.columns = columns
        self.newRows = newRows
        self.newColumns = newColumns
    }

    /// One axis.
    struct Axis: Hashable, Sendable {
        let old: Int
        let new: Int

        var ratio: Double { Double(old) / Double(new) }

        /// The new place of a pixel's middle, counted from 0 at the middle of the first pixel.
        func place(_ old: Double) -> Double { (old + 0.5) / ratio - 0.5 }

        /// The new pixel that holds the middle of an old one, from 0.
        func pixel(_ old: Int) -> Int {
            min(max(Int(place(Double(min(max(old, -1 << 40), 1 << 40))).rounded()), 0), new - 1)
        }

        /// The same for pixels counted from 1, those outside the matrix too: what lay before its first pixel or after
        /// its last still does.
        func edge(_ old: Int) -> Int {
            if (1...self.old).contains(old) { return pixel(old - 1) + 1 }
            let far = Int(place(Double(min(max(old, -1 << 30), 1 << 30)) - 1).rounded()) + 1
            return old < 1 ? min(far, 0) : max(far, new + 1)
        }
    }

    var vertical: Axis { Axis(old: rows, new: newRows) }
    var horizontal: Axis { Axis(old: columns, new: newColumns) }
    package var isWhole: Bool { rows == newRows && columns == newColumns }
}
