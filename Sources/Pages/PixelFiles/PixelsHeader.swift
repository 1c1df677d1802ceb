// What a pixel file says of itself. Pure.
//
// A pixel file is one JavaScript call: `filmroomPixels(KEY, HEADER, "BASE64");`. HEADER has the fields below, with
// `compression`. The samples are meant frame after frame, row after row.
//
// `delta-blocks`, of 16-bit samples: each row is the differences from the sample to the left (the first from 0, modulo
// 65536), folded to 0, −1, 1, −2 … = 0, 1, 2, 3 …, in blocks of eight, the last one of a row filled up with zeros. A
// block is a byte that says how many bits a number has, from 0 to 16, and as many bytes: eight such numbers, the first
// in the lowest bits. `deflate-raw` (RFC 1951), of 8-bit samples: as they are.

/// The shape of the samples in a pixel file.
package struct PixelsHeader: Sendable, Equatable {
    package enum SampleType: String, Sendable, Codable {
        case uint8, uint16, int16
        /// Red, green and blue of a pixel, a byte each.
        case rgb8

        package var bytesPerPixel: Int {
            switch self {
            case .uint8: 1
            case .uint16, .int16: 2
            case .rgb8: 3
            }
        }

        var compression: String { bytesPerPixel == 2 ? "delta-blocks" : "deflate-raw" }
    }

    package let rows: Int
    package let columns: Int
    /// Of this file.
    package let frames: Int
    package let type: SampleType

    package init(rows: Int, columns: Int, frames: Int = 1, type: SampleType) {
        precondition(rows > 0 && columns > 0 && frames > 0, "a pixel file has pixels")
        self.rows = rows
        self.columns = columns
        self.frames = frames
        self.type = type
    }

    var rowByteCount: Int { columns * type.bytesPerPixel }

    /// Of all samples, before compression.
    package var byteCount: Int { rowByteCount * rows * frames }

    /// How many frames go into one file: as many as stay within 32 MiB, at least 1, so that a page never has to load
    /// the whole of a long image to show one frame.
    package static func framesPerFile(rows: Int, columns: Int, type: SampleType) -> Int {
        max(1, (32 << 20) / max(1, rows * columns * type.bytesPerPixel))
    }

    var json: String {
        """
        {"rows":\(rows),"columns":\(columns),"frames":\(frames),"type":"\(type.rawValue)","byteCount":\(byteCount),\
        "compression":"\(type.compression)"}
        """
    }
}
