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
    private let deflate: DeflateStream
    private var base64 = Base64Stream()
    /// What came of the row that is not whole yet.
    private var row: [UInt8] = []
    private var filtered: [UInt8] = []
    private var opening: String?
    private var remainingByteCount: Int

    /// - Parameter key: Letters, digits, `.`, `-` and `_` only.
    package init(key: String, header: PixelsHeader) {
        precondition(!key.isEmpty && key.utf8.allSatisfy(Self.isPlain), "a key is plain text")
        self.header = header
        deflate = DeflateStream()
        opening = "filmroomPixels(\"\(key)\",\(header.json),\""
        remainingByteCount = header.byteCount
        row.reserveCapacity(header.rowByteCount)
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
        var rest = UnsafeRawBufferPointer(samples)
        while !rest.isEmpty {
            let taken = min(rest.count, header.rowByteCount - row.count)
            row.append(contentsOf: rest.prefix(taken))
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(taken))
            if row.count == header.rowByteCount { try endRow(write: write) }
        }
    }

    /// Ends the file.
    package mutating func finish<Failure: Error>(
        write: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        precondition(remainingByteCount == 0, "fewer samples than the header says")
        try compress([], isLast: true, write: write)
        try put(base64.finish() + Array("\");\n".utf8), write: write)
    }

    private mutating func endRow<Failure: Error>(
        write: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        if header.type.bytesPerPixel == 2 {
            RowDelta.filter(row, into: &filtered)
            try compress(filtered, isLast: false, write: write)
        } else {
            try compress(row, isLast: false, write: write)
        }
        row.removeAll(keepingCapacity: true)
    }

    private mutating func compress<Failure: Error>(
        _ bytes: [UInt8], isLast: Bool, write: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        if let opening {
            try put(Array(opening.utf8), write: write)
            self.opening = nil
        }
        let compressed = deflate.compress(bytes, isLast: isLast)
        if !compressed.isEmpty { try put(base64.encode(compressed), write: write) }
    }

    private func put<Failure: Error>(
        _ bytes: [UInt8], write: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        if bytes.isEmpty { return }
        let result = bytes.withUnsafeBytes { piece in
            do throws(Failure) {
                try write(piece)
                return Result<Void, Failure>.success(())
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }
}
