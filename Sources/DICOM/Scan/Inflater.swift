// Inflater owns a zlib stream of a deflated data set (PS3.5 annex A.5): raw deflate, no header. Bounded memory: 64 KiB
// of output at a time, and an end when the output outgrows its input beyond the limits.
// Invariant: a copy of a scanner never shares a stream; `copied()` makes the second one.

internal import CZlib

/// Inflates a deflated data set piece by piece.
///
/// Unchecked: the owner is the only one to hold it, and copies it before a second use (see Part10Walker).
final class Inflater: @unchecked Sendable {
    private static let outputByteCount = 65_536

    private let stream: UnsafeMutablePointer<z_stream>
    private let output: UnsafeMutableRawBufferPointer
    private(set) var hasEnded = false
    private(set) var inputByteCount: UInt64 = 0
    private(set) var outputTotal: UInt64 = 0
    /// Bytes of the file after the end of the stream.
    private(set) var trailingByteCount: UInt64 = 0
    private let limits: ScanLimits

    init(limits: ScanLimits) throws(DICOMError) {
        self.limits = limits
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        output = .allocate(byteCount: Self.outputByteCount, alignment: 16)
        let code = inflateInit2_(stream, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard code == Z_OK else {
            throw .limit(tag: nil, offset: 0, text: "no memory to inflate the data set")
        }
    }

    private init(copying other: Inflater) throws(DICOMError) {
        limits = other.limits
        hasEnded = other.hasEnded
        inputByteCount = other.inputByteCount
        outputTotal = other.outputTotal
        trailingByteCount = other.trailingByteCount
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        output = .allocate(byteCount: Self.outputByteCount, alignment: 16)
        guard inflateCopy(stream, other.stream) == Z_OK else {
            throw .limit(tag: nil, offset: inputByteCount, text: "no memory to inflate the data set")
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        output.deallocate()
    }

    /// A second stream at the same point.
    func copied() throws(DICOMError) -> Inflater {
        try Inflater(copying: self)
    }

    /// Inflates `input`, and hands each piece of output to `body`.
    ///
    /// - Throws: `.malformed` for corrupt deflate data, `.limit` for a bomb, and what `body` throws.
    func inflate(
        _ input: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) throws(DICOMError) -> Void
    ) throws(DICOMError) {
        guard !hasEnded else {
            trailingByteCount += UInt64(input.count)
            return
        }
        var rest = input
        while !rest.isEmpty, !hasEnded {
            let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 30))
            let used = try inflatePiece(piece, body)
            rest = UnsafeRawBufferPointer(rebasing: rest[used...])
        }
        trailingByteCount += UInt64(rest.count)
    }

    private func inflatePiece(
        _ piece: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) throws(DICOMError) -> Void
    ) throws(DICOMError) -> Int {
        let start = piece.assumingMemoryBound(to: Bytef.self).baseAddress
        stream.pointee.next_in = UnsafeMutablePointer(mutating: start)
        stream.pointee.avail_in = UInt32(piece.count)
        repeat {
            let before = stream.pointee.avail_in
            let code = step()
            let made = Self.outputByteCount - Int(stream.pointee.avail_out)
            inputByteCount += UInt64(before - stream.pointee.avail_in)
            outputTotal += UInt64(made)
            try checkRatio()
            try body(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(output)[..<made]))
            try check(code)
            if made < Self.outputByteCount, stream.pointee.avail_in == 0 { break }
        } while !hasEnded
        return piece.count - Int(stream.pointee.avail_in)
    }

    /// One call of zlib, into an empty output buffer.
    private func step() -> Int32 {
        stream.pointee.next_out = output.assumingMemoryBound(to: Bytef.self).baseAddress
        stream.pointee.avail_out = UInt32(Self.outputByteCount)
        return CZlib.inflate(stream, Z_NO_FLUSH)
    }

    /// What came out before corrupt data has been handed on by now, so that a damaged file can still be identified.
    private func check(_ code: Int32) throws(DICOMError) {
        hasEnded = code == Z_STREAM_END
        guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else {
            throw .malformed(
                tag: nil, offset: outputTotal, text: "the deflated data set is corrupt (zlib error \(code))")
        }
    }

    private func checkRatio() throws(DICOMError) {
        guard
            outputTotal > limits.inflatedByteCountAtAnyRatio,
            outputTotal / max(inputByteCount, 1) >= limits.maximumInflationRatio
        else { return }
        throw .limit(
            tag: nil, offset: limits.inflatedByteCountAtAnyRatio,
            text: "the deflated data set grows to more than \(limits.maximumInflationRatio) times its size")
    }
}
