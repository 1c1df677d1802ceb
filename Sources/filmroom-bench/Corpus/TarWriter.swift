// A tar of a case's files, written front to back.

import Archive
import Files

/// Writes a tar.
struct TarWriter {
    private let file: OpenFile
    private let buffer = CopyBuffer()

    init(path: String) throws(BenchError) {
        file = try BenchError.wrap { try OpenFile.create(path) }
    }

    /// Appends a file.
    ///
    /// - Parameter name: In the tar; at most 100 bytes.
    func append(_ name: String, from path: String, byteCount: Int64) throws(BenchError) {
        try BenchError.wrap {
            try file.write(TarHeader.bytes(name: name, byteCount: byteCount))
            try buffer.forEachPiece(of: try OpenFile.read(path)) { try file.write($0) }
            try file.write([UInt8](repeating: 0, count: TarHeader.padding(after: byteCount)))
        }
    }

    /// Writes the two empty blocks of a tar's end.
    func finish() throws(BenchError) {
        try BenchError.wrap { try file.write([UInt8](repeating: 0, count: 2 * TarHeader.blockByteCount)) }
    }
}
