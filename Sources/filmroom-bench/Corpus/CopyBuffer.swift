// Memory through which files are read, and what is done with whole files: digest, copy.

import Files

/// One buffer of 1 MiB.
final class CopyBuffer {
    private let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 4096)

    deinit {
        memory.deallocate()
    }

    /// Calls `body` with the file's bytes, piece by piece, each valid until the next.
    func forEachPiece(of file: OpenFile, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        while true {
            let count = try file.read(into: memory)
            if count == 0 { return }
            try body(UnsafeRawBufferPointer(rebasing: memory[..<count]))
        }
    }

    /// Calls `body` with a part of a file, piece by piece, and where in the part each begins.
    func forEachPiece(
        of file: OpenFile, at offset: Int64, count: Int, _ body: (UnsafeRawBufferPointer, Int) throws -> Void
    ) throws {
        var done = 0
        while done < count {
            let wanted = UnsafeMutableRawBufferPointer(rebasing: memory[..<min(memory.count, count - done)])
            let read = try file.read(into: wanted, at: offset + Int64(done))
            guard read == wanted.count else { throw BenchError.wrongResult("\(file.path) became shorter") }
            try body(UnsafeRawBufferPointer(wanted), done)
            done += read
        }
    }

    func digest(of path: String) throws(BenchError) -> SHA256Digest {
        try BenchError.wrap {
            let hash = SHA256()
            try forEachPiece(of: try OpenFile.read(path)) { hash.update($0) }
            return hash.finish()
        }
    }

    func copy(_ path: String, to target: String) throws(BenchError) {
        try BenchError.wrap {
            let copy = try OpenFile.create(target)
            try forEachPiece(of: try OpenFile.read(path)) { try copy.write($0) }
        }
    }
}
