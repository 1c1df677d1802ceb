// `pread`, taken up again after signals.

import Glibc

enum PositionedRead {
    /// Reads at an offset until the buffer is full or the file ends.
    ///
    /// - Returns: Bytes read; fewer than the buffer only at the file's end.
    static func read(
        _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer, at offset: Int64
    ) throws(BundleError) -> Int {
        var done = 0
        while done < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
            let count = pread(descriptor, rest.baseAddress, rest.count, off_t(offset) + off_t(done))
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                throw .system(call: "pread", errno: errno)
            }
            done += count
        }
        return done
    }

    /// Reads `count` bytes at an offset; fewer only at the file's end.
    static func bytes(_ descriptor: Int32, count: Int, at offset: Int64) throws(BundleError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var failure: BundleError?
        let done = bytes.withUnsafeMutableBytes { buffer -> Int in
            do throws(BundleError) {
                return try read(descriptor, into: buffer, at: offset)
            } catch {
                failure = error
                return 0
            }
        }
        if let failure { throw failure }
        return done == count ? bytes : Array(bytes[..<done])
    }
}
