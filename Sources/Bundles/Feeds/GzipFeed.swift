// A gzip stream, unpacked by zlib.
//
// zlib checks each member's CRC and length, which libarchive's own gzip filter does not. All members are
// read; behind the last one only zeros may follow.

internal import CZlib

final class GzipFeed: ByteFeed {
    private static let outputByteCount = 256 << 10

    private let source: any ByteFeed
    private let meter: Meter
    private let stream: UnsafeMutablePointer<z_stream>
    private let output: UnsafeMutableRawBufferPointer
    private var input = UnsafeRawBufferPointer(start: nil, count: 0)
    private var isInMember = true
    private var isAtEnd = false
    private(set) var offset: Int64 = 0
    /// What stands behind the last member and is not zeros.
    private(set) var trailing: String?

    init(source: any ByteFeed, meter: Meter) {
        self.source = source
        self.meter = meter
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        output = .allocate(byteCount: Self.outputByteCount, alignment: 16)
        let gzipOnly: Int32 = 15 + 16
        let done = inflateInit2_(stream, gzipOnly, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(done == Z_OK, "zlib cannot start: out of memory")
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        output.deallocate()
    }

    func nextChunk() throws(BundleError) -> UnsafeRawBufferPointer? {
        while !isAtEnd {
            if input.isEmpty, try !pull() { return nil }
            if !isInMember, try !startMember() { return nil }
            let count = try inflateOnce()
            guard count > 0 else { continue }
            offset += Int64(count)
            try meter.addInflated(count)
            return UnsafeRawBufferPointer(rebasing: output[..<count])
        }
        return nil
    }

    /// Takes the next packed chunk; false at the proper end.
    private func pull() throws(BundleError) -> Bool {
        if let chunk = try source.nextChunk() {
            input = chunk
            return true
        }
        isAtEnd = true
        if isInMember { throw .truncated(text: "the gzip data has no end", offset: offset) }
        return false
    }

    /// Goes on with another member behind the one that ended; false when there is none.
    private func startMember() throws(BundleError) -> Bool {
        if input.first == 0x1F {
            inflateReset(stream)
            isInMember = true
            return true
        }
        isAtEnd = true
        var rest: UnsafeRawBufferPointer? = input
        while let chunk = rest, trailing == nil {
            if !ZeroScan.isZero(chunk) { trailing = "bytes that are no gzip data follow the gzip data" }
            rest = try source.nextChunk()
        }
        return false
    }

    private func inflateOnce() throws(BundleError) -> Int {
        stream.pointee.next_in = UnsafeMutablePointer(
            mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(clamping: input.count)
        stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = UInt32(output.count)
        let given = Int(stream.pointee.avail_in)
        let status = inflate(stream, Z_NO_FLUSH)
        input = UnsafeRawBufferPointer(rebasing: input[(given - Int(stream.pointee.avail_in))...])
        switch status {
        case Z_OK, Z_BUF_ERROR: break
        case Z_STREAM_END: isInMember = false
        default: throw .damagedArchive(text: "gzip: \(Self.text(stream, status))", offset: offset)
        }
        return output.count - Int(stream.pointee.avail_out)
    }

    private static func text(_ stream: UnsafeMutablePointer<z_stream>, _ status: Int32) -> String {
        guard let message = stream.pointee.msg else { return "error \(status)" }
        return String(cString: message)
    }
}
