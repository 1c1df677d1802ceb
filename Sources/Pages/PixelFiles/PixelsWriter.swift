// Writes a pixel file, row by row, in bounded memory.
//
// Owns the row that is being gathered, and the compression. The pieces given to `write`, in order, are the file.
// Exactly `header.byteCount` bytes of samples must come between the start and `finish`; anything else is a mistake of
// the caller and traps. Never opens a file.

/// Makes the pixel file of one image or of some of its frames.
///
/// ```swift
/// var writer = PixelsWriter(key: "1", header: header)
/// try writer.append(samples) { try file.write($0) }      // as often as there are pieces
/// try writer.finish { try file.write($0) }
/// ```
package struct PixelsWriter: ~Copyable {
    private let header: PixelsHeader
    /// Of 8-bit samples.
    private let deflate: DeflateStream?
    private var base64 = Base64Stream()
    /// What came of the row that is not whole yet.
    private var row: [UInt8] = []
    /// Room for a packed row of 16-bit samples.
    private var packed: [UInt8] = []
    private var opening: String?
    private var remainingByteCount: Int

    /// - Parameter key: Letters, digits, `.`, `-` and `_` only.
    package init(key: String, header: PixelsHeader) {
        precondition(!key.isEmpty && key.utf8.allSatisfy(Self.isPlain), "a key is plain text")
        self.header = header
        opening = "filmroomPixels(\"\(key)\",\(header.json),\""
        remainingByteCount = header.byteCount
        if header.type.bytesPerPixel == 2 {
            deflate = nil
            packed = [UInt8](repeating: 0, count: DeltaBlocks.room(columns: header.columns))
        } else {
            deflate = DeflateStream()
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// Adds samples: any number of bytes, little endian, in the order of the file.
    package mutating func append<Failure: Error>(
        _ samples: UnsafeRawBufferPointer, write: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        precondition(samples.count <= remainingByteCount, "more samples than the header says")
        remainingByteCount -= samples.count
        try putOpening(write: write)
        if let deflate {
            try put(deflate.compress(Array(samples), isLast: false), write: write)
        } else {
            try appendRows(samples, write: write)
        }
    }

    /// Ends the file.
    package mutating func finish<Failure: Error>(
        write: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        precondition(remainingByteCount == 0, "fewer samples than the header says")
        try putOpening(write: write)
        if let deflate { try put(deflate.compress([], isLast: true), write: write) }
        try base64.finish(write: write)
        try Self.write(Array("\");\n".utf8), write)
    }

    /// Whole rows are packed where they lie.
    private mutating func appendRows<Failure: Error>(
        _ samples: UnsafeRawBufferPointer, write: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        var rest = samples
        while !rest.isEmpty {
            let taken = min(rest.count, header.rowByteCount - row.count)
            let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(taken))
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(taken))
            if taken == header.rowByteCount {
                try pack(piece, write: write)
                continue
            }
            row.append(contentsOf: piece)
            guard row.count == header.rowByteCount else { continue }
            let whole = row
            row.removeAll(keepingCapacity: true)
            let result = whole.withUnsafeBytes { whole in
                Result { () throws(Failure) in try pack(whole, write: write) }
            }
            try result.get()
        }
    }

    private mutating func pack<Failure: Error>(
        _ row: UnsafeRawBufferPointer, write: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        let result = packed.withUnsafeMutableBytes { packed in
            let count = packed.baseAddress.map { DeltaBlocks.encode(row, into: $0) } ?? 0
            let bytes = UnsafeRawBufferPointer(rebasing: packed.prefix(count))
            return Result { () throws(Failure) in try base64.append(bytes, write: write) }
        }
        try result.get()
    }

    private mutating func put<Failure: Error>(
        _ bytes: [UInt8], write: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        let result = bytes.withUnsafeBytes { bytes in
            Result { () throws(Failure) in try base64.append(bytes, write: write) }
        }
        try result.get()
    }

    private mutating func putOpening<Failure: Error>(
        write: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        guard let opening else { return }
        self.opening = nil
        try Self.write(Array(opening.utf8), write)
    }

    private static func write<Failure: Error>(
        _ bytes: [UInt8], _ write: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        let result = bytes.withUnsafeBytes { bytes in
            Result { () throws(Failure) in try write(bytes) }
        }
        try result.get()
    }
}
