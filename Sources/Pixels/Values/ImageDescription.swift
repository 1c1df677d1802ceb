// ImageDescription owns what a file says of all its frames. Numbers are the file's, checked against each other.

/// The attributes that an instance's pixels are read by (PS3.3 section C.7.6.3).
package struct ImageDescription: Codable, Hashable, Sendable {
    package let sopClassUID: String?
    package let transferSyntaxUID: String
    package let rows: Int
    package let columns: Int
    package let frameCount: Int
    package let samplesPerPixel: Int
    package let photometricInterpretation: String
    package let bitsAllocated: Int
    package let bitsStored: Int
    package let isSigned: Bool
    /// True when the pixels are colours, palette colour included.
    package let isColor: Bool

    package init(
        sopClassUID: String?, transferSyntaxUID: String, rows: Int, columns: Int, frameCount: Int, samplesPerPixel: Int,
        photometricInterpretation: String, bitsAllocated: Int, bitsStored: Int, isSigned: Bool, isColor: Bool
    ) {
        self.sopClassUID = sopClassUID
        self.transferSyntaxUID = transferSyntaxUID
        self.rows = rows
        self.columns = columns
        self.frameCount = frameCount
        self.samplesPerPixel = samplesPerPixel
        self.photometricInterpretation = photometricInterpretation
        self.bitsAllocated = bitsAllocated
        self.bitsStored = bitsStored
        self.isSigned = isSigned
        self.isColor = isColor
    }
}
