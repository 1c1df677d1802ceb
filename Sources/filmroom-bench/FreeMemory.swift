// Memory as a busy machine has it: free pages that were used a moment ago.
//
// A host takes long unused pages away from a virtual machine, and gives each back at its first use, slower than any
// disk. Whoever writes first would pay for it; so that neither side of a comparison does, both start from pages that
// are there.

import Files

enum FreeMemory {
    /// Uses as many pages as will be written, and frees them again: a file that is removed before it reaches the disk.
    ///
    /// - Parameters:
    ///   - byteCount: What is going to be written.
    ///   - folder: On the file system that is measured.
    static func use(_ byteCount: Int64, in folder: String) throws(BenchError) {
        let path = folder + "/pages"
        try BenchError.wrap {
            let file = try OpenFile.create(path)
            let piece = [UInt8](repeating: 0, count: 1 << 20)
            for _ in 0..<(byteCount + reserveByteCount) >> 20 { try file.write(piece) }
            try OpenDirectory.open(folder).removeFile(FileName("pages"))
        }
    }

    /// Added for what a program needs for itself.
    private static let reserveByteCount: Int64 = 192 << 20
}
