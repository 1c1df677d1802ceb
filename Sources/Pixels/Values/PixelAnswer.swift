// PixelAnswer owns what a codec process gives back: descriptions, and the samples or where they were written.

/// The answer to a request.
package struct PixelAnswer: Sendable {
    package let image: ImageDescription
    package let frame: FrameDescription
    /// Nil for `describe`.
    package let raster: RasterDescription?
    /// Of a derived instance; nil for the other tasks.
    package let derived: DerivedDescription?
    /// The samples or the PNG; empty when they went to a file.
    package let bytes: [UInt8]

    package init(
        image: ImageDescription, frame: FrameDescription, raster: RasterDescription?,
        derived: DerivedDescription? = nil, bytes: [UInt8]
    ) {
        self.derived = derived
        self.image = image
        self.frame = frame
        self.raster = raster
        self.bytes = bytes
    }
}

/// The shape of an output.
package struct RasterDescription: Codable, Hashable, Sendable {
    package let rows: Int
    package let columns: Int
    package let format: SampleFormat
    /// Bytes of the output, wherever it went.
    package let byteCount: Int

    package init(rows: Int, columns: Int, format: SampleFormat, byteCount: Int) {
        self.rows = rows
        self.columns = columns
        self.format = format
        self.byteCount = byteCount
    }
}
