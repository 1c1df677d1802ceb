// ImageFile owns what must be known of a file before a frame of it can be read: its attributes and the place of its
// pixel data. It holds no pixel.

/// An image file's header.
package struct ImageFile: Sendable {
    package let meta: DataSet
    /// The data set up to the pixel data; long values and private elements are left out.
    package let dataSet: DataSet
    /// How the data set is encoded.
    package let transferSyntax: TransferSyntax
    /// Nil when the file has no pixel data.
    package let pixelData: PixelDataPlace?
    /// Where the deflated stream starts in the file; nil when the data set is not deflated.
    package let deflatedOffset: UInt64?
}
