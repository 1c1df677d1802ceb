// OutputSize owns how large a picture is wanted, and the sides that this gives. It never enlarges.

/// The size of an output.
package enum OutputSize: Codable, Hashable, Sendable {
    case full
    /// At most so many pixels on the longer side.
    case fitting(Int)
    /// The linear scale of rows and columns, above 0 and at most 1.
    case density(Double)

    /// Rows and columns of the output: rounded to the nearest, at least 1.
    package func sides(rows: Int, columns: Int) -> (rows: Int, columns: Int) {
        let scale: Double =
            switch self {
            case .full: 1
            case .fitting(let side): Double(max(side, 1)) / Double(max(rows, columns, 1))
            case .density(let density): density
            }
        guard scale < 1, scale > 0 else { return (rows, columns) }
        return (max(1, Int((Double(rows) * scale).rounded())), max(1, Int((Double(columns) * scale).rounded())))
    }
}
