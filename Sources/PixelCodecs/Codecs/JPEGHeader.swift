// JPEGHeader owns what the markers of a JPEG or JPEG-LS codestream say before its first scan: process, precision, size,
// components, and the marks by which writers tell colours. It decodes nothing.

internal import Pixels

/// The header of a JPEG codestream.
///
/// - Source: ISO 10918-1 annex B; ISO 14495-1 annex C.
struct JPEGHeader: Sendable {
    enum Process: Sendable {
        /// Sequential or progressive DCT.
        case lossy
        case lossless
        case jpegLS
    }

    private(set) var process = Process.lossy
    private(set) var bits = 0
    private(set) var rows = 0
    private(set) var columns = 0
    private(set) var componentIDs: [UInt8] = []
    private(set) var hasJFIF = false
    /// The transform byte of Adobe's marker: 0 for none, 1 for YCbCr; nil without the marker.
    private(set) var adobeTransform: UInt8?

    /// - Throws: `.unrenderable` when there is no frame header.
    init(_ bytes: [UInt8]) throws(PixelsError) {
        var position = 2
        while position + 4 <= bytes.count {
            guard bytes[position] == 0xFF else { break }
            let marker = bytes[position + 1]
            if marker == 0xFF || marker == 0x01 || (0xD0...0xD8).contains(marker) {
                position += marker == 0xFF ? 1 : 2
                continue
            }
            let length = Int(bytes[position + 2]) << 8 | Int(bytes[position + 3])
            guard length >= 2, position + 2 + length <= bytes.count, marker != 0xDA, marker != 0xD9 else { break }
            let segment = bytes[position + 4..<position + 2 + length]
            if let process = Self.process(marker) {
                try readFrame(Array(segment), process)
                return
            }
            noteApplication(marker, Array(segment.prefix(12)))
            position += 2 + length
        }
        throw .unrenderable("the JPEG data has no frame header")
    }

    private static func process(_ marker: UInt8) -> Process? {
        switch marker {
        case 0xC0, 0xC1, 0xC2, 0xC9, 0xCA: .lossy
        case 0xC3, 0xCB: .lossless
        case 0xF7: .jpegLS
        default: nil
        }
    }

    private mutating func readFrame(_ segment: [UInt8], _ process: Process) throws(PixelsError) {
        guard segment.count >= 6, segment.count >= 6 + 3 * Int(segment[5]) else {
            throw .unrenderable("the JPEG frame header is too short")
        }
        self.process = process
        bits = Int(segment[0])
        rows = Int(segment[1]) << 8 | Int(segment[2])
        columns = Int(segment[3]) << 8 | Int(segment[4])
        componentIDs = (0..<Int(segment[5])).map { segment[6 + 3 * $0] }
    }

    private mutating func noteApplication(_ marker: UInt8, _ start: [UInt8]) {
        if start.starts(with: Array("JFIF".utf8)) { hasJFIF = true }
        if marker == 0xEE, start.count == 12, start.starts(with: Array("Adobe".utf8)) { adobeTransform = start[11] }
    }

    /// What the decoded components mean, by the data set and the marks in the codestream.
    ///
    /// The data set is believed, unless the codestream is plain: components named R, G, B are such; a JFIF file and
    /// Adobe's transform 1 are YCbCr.
    func model(photometric: String) -> ColorModel {
        guard componentIDs.count == 3 else { return ColorModel(photometric: photometric) }
        if componentIDs == Array("RGB".utf8) || componentIDs == Array("rgb".utf8) { return .rgb }
        if photometric.hasPrefix("YBR_PARTIAL") { return .ybrPartial }
        if photometric.hasPrefix("YBR") || hasJFIF { return .ybrFull }
        return process == .lossy && adobeTransform == 1 ? .ybrFull : .rgb
    }
}
