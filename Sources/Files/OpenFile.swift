// An open file: reads and writes that are whole or throw.
//
// Owns its descriptor and closes it. An interrupted call is made again; a short write is continued.
// Never follows a symbolic link when it opens.

internal import CSystem
import Glibc

/// A file that is open for reading or writing.
package final class OpenFile: @unchecked Sendable {
    package let path: String
    package let descriptor: Int32

    /// Takes over a descriptor.
    package init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit {
        close(descriptor)
    }

    /// Opens a file by its path.
    ///
    /// - Throws: `FilesError` of `open`.
    package static func read(_ path: String) throws(FilesError) -> OpenFile {
        let descriptor = retrying { open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK) }
        guard descriptor >= 0 else { throw .last("open", path) }
        return OpenFile(descriptor: descriptor, path: path)
    }

    /// Makes a file, or empties the one that is there.
    package static func create(_ path: String, permissions: UInt32 = 0o640) throws(FilesError) -> OpenFile {
        let descriptor = retrying { open(path, O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, permissions) }
        guard descriptor >= 0 else { throw .last("create", path) }
        return OpenFile(descriptor: descriptor, path: path)
    }

    /// Opens a file that is there for writing.
    package static func update(_ path: String) throws(FilesError) -> OpenFile {
        let descriptor = retrying { open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC) }
        guard descriptor >= 0 else { throw .last("open", path) }
        return OpenFile(descriptor: descriptor, path: path)
    }

    package func status() throws(FilesError) -> FileStatus {
        var raw = stat()
        guard fstat(descriptor, &raw) == 0 else { throw .last("stat", path) }
        return FileStatus(raw)
    }

    /// Reads up to the buffer's size from the file's position.
    ///
    /// - Returns: The number of bytes; 0 at the end.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(FilesError) -> Int {
        let count = Self.retrying { Glibc.read(descriptor, buffer.baseAddress, buffer.count) }
        guard count >= 0 else { throw .last("read", path) }
        return count
    }

    /// Reads up to the buffer's size from `offset`; fewer bytes only at the file's end.
    package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(FilesError) -> Int {
        var done = 0
        while done < buffer.count {
            let count = Self.retrying {
                pread(descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done, Int(offset) + done)
            }
            guard count >= 0 else { throw .last("read", path) }
            if count == 0 { break }
            done += count
        }
        return done
    }

    /// Reads a whole small file.
    ///
    /// - Throws: `FilesError` with `EFBIG` when it is larger than `limit` bytes.
    package func readAll(limit: Int) throws(FilesError) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let size = try readChunk(&chunk)
            if size == 0 { return bytes }
            bytes.append(contentsOf: chunk[..<size])
            guard bytes.count <= limit else { throw FilesError(operation: "read", path: path, code: EFBIG) }
        }
    }

    /// Writes all bytes at the file's position.
    package func write(_ bytes: UnsafeRawBufferPointer) throws(FilesError) {
        var done = 0
        while done < bytes.count {
            let count = Self.retrying {
                Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
            }
            guard count >= 0 else { throw .last("write", path) }
            done += count
        }
    }

    /// Writes all bytes at `offset`.
    package func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws(FilesError) {
        var done = 0
        while done < bytes.count {
            let count = Self.retrying {
                pwrite(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done, Int(offset) + done)
            }
            guard count >= 0 else { throw .last("write", path) }
            done += count
        }
    }

    /// Writes several runs of bytes, one behind the other, at `offset`.
    package func write(gathering pieces: [UnsafeRawBufferPointer], at offset: Int64) throws(FilesError) {
        var left = pieces.filter { !$0.isEmpty }[...]
        var position = offset
        while !left.isEmpty {
            let vectors = left.prefix(Self.gatherLimit).map {
                iovec(iov_base: UnsafeMutableRawPointer(mutating: $0.baseAddress), iov_len: $0.count)
            }
            let count = Self.retrying { pwritev(descriptor, vectors, Int32(vectors.count), Int(position)) }
            guard count >= 0 else { throw .last("write", path) }
            position += Int64(count)
            Self.drop(count, from: &left)
        }
    }

    /// Runs of bytes of one call.
    ///
    /// - Source: IOV_MAX of Linux is 1024.
    private static let gatherLimit = 256

    private static func drop(_ byteCount: Int, from pieces: inout ArraySlice<UnsafeRawBufferPointer>) {
        var rest = byteCount
        while let first = pieces.first, rest >= first.count {
            rest -= first.count
            pieces.removeFirst()
        }
        if rest > 0, let first = pieces.first {
            pieces[pieces.startIndex] = UnsafeRawBufferPointer(rebasing: first[rest...])
        }
    }

    package func write(_ text: String) throws(FilesError) {
        try write(Array(text.utf8))
    }

    package func write(_ bytes: [UInt8]) throws(FilesError) {
        let written: Result<Void, FilesError> = bytes.withUnsafeBytes { buffer in
            do throws(FilesError) { return .success(try write(buffer)) } catch { return .failure(error) }
        }
        try written.get()
    }

    package func seek(to offset: Int64) throws(FilesError) {
        guard lseek(descriptor, Int(offset), SEEK_SET) >= 0 else { throw .last("seek", path) }
    }

    package func truncate(to byteCount: Int64) throws(FilesError) {
        guard Self.retrying({ ftruncate(descriptor, Int(byteCount)) }) == 0 else { throw .last("truncate", path) }
    }

    /// Makes content and size durable.
    package func synchronize() throws(FilesError) {
        guard Self.retrying({ fsync(descriptor) }) == 0 else { throw .last("fsync", path) }
    }

    /// Starts writing back what was written, without waiting: a hint, so that a later `synchronize` waits less.
    package func startWriteback(at offset: Int64, count: Int64) {
        _ = filmroom_start_writeback(descriptor, offset, count)
    }

    /// Tells the kernel that the file is read from front to back.
    package func willReadSequentially() {
        _ = posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
    }

    /// Has the kernel forget what it holds of the file in memory, so that the next read comes from the medium. What is not
    /// yet durable stays: `synchronize` first.
    package func dropFromMemory() {
        _ = posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
    }

    /// Sets the modification time, in seconds since 1970 and nanoseconds.
    package func setModified(_ seconds: Int64, nanoseconds: Int = 0) throws(FilesError) {
        let time = timespec(tv_sec: Int(seconds), tv_nsec: nanoseconds)
        let times = [time, time]
        guard futimens(descriptor, times) == 0 else { throw .last("set the time of", path) }
    }

    /// Takes the lock of this file if nobody holds it.
    ///
    /// - Parameter isShared: Whether others may share it.
    /// - Returns: false when another process has it.
    package func tryLock(isShared: Bool = false) throws(FilesError) -> Bool {
        if filmroom_try_lock(descriptor, isShared ? 0 : 1) == 0 { return true }
        guard errno == EWOULDBLOCK else { throw .last("lock", path) }
        return false
    }

    private func readChunk(_ chunk: inout [UInt8]) throws(FilesError) -> Int {
        let count = chunk.withUnsafeMutableBytes { buffer in
            Self.retrying { Glibc.read(descriptor, buffer.baseAddress, buffer.count) }
        }
        guard count >= 0 else { throw .last("read", path) }
        return count
    }

    /// Makes a call again while a signal interrupts it.
    static func retrying<Result: SignedInteger>(_ call: () -> Result) -> Result {
        while true {
            let result = call()
            if result != -1 || errno != EINTR { return result }
        }
    }
}
