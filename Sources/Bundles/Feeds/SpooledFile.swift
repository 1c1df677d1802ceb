// A temporary file without a name, for an archive inside an archive that needs seeking.
//
// It is unlinked before its first byte is written, so that no end of the process leaves it behind.

import Glibc

final class SpooledFile {
    let descriptor: Int32

    /// - Parameter directory: A folder on a disk with room for the entry.
    init(directory: String) throws(BundleError) {
        var template = Array("\(directory)/nested-XXXXXX".utf8CString)
        let descriptor = template.withUnsafeMutableBufferPointer { buffer -> Int32 in
            guard let name = buffer.baseAddress else { return -1 }
            let descriptor = mkstemp(name)
            if descriptor >= 0 {
                unlink(name)
                _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            }
            return descriptor
        }
        guard descriptor >= 0 else { throw .system(call: "mkstemp in \(directory)", errno: errno) }
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Appends bytes.
    func append(_ bytes: UnsafeRawBufferPointer) throws(BundleError) {
        var rest = bytes
        while !rest.isEmpty {
            let count = write(descriptor, rest.baseAddress, rest.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw .system(call: "write to a temporary file", errno: errno)
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }
}
