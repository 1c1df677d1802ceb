// Packs a delivery's folder into one file, streaming.
//
// The same folder gives the same bytes: files in the order of their paths, `SHA256SUMS` last. Memory: one piece of a file.

internal import Bundles
internal import Files
internal import Spool

struct DeliveryArchive {
    let folder: OutboundFolder

    private static let pieceByteCount = 1 << 20

    /// - Parameter format: `zip` or `tar`.
    func write(as format: String, to output: OutboundFile) throws {
        var encoder: any BundleEncoder = format == "zip" ? ZipEncoder() : TarEncoder()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.pieceByteCount, alignment: 4096)
        defer { buffer.deallocate() }
        let folders = ParentFolders(of: folder.content)
        for entry in folder.files.sorted(by: { $0.path.lexicographicallyPrecedes($1.path) }) {
            guard let path = RelativePath(bytes: entry.path) else { continue }
            let file = try folders.openFile(path)
            let sum = format == "zip" ? try Self.checksum(of: file, buffer) : CRC32()
            try output.append(
                encoder.begin(
                    String(decoding: entry.path, as: UTF8.self), byteCount: try file.status().byteCount,
                    crc32: sum.value))
            try Self.forEachPiece(of: file, buffer) { try output.append($0) }
            try output.append(encoder.end())
        }
        let sums = ChecksumList.text(of: folder.files, isEnded: false)
        var sum = CRC32()
        sums.withUnsafeBytes { sum.update($0) }
        try output.append(
            encoder.begin(OutboundFolder.checksumsName.text, byteCount: Int64(sums.count), crc32: sum.value))
        try output.append(sums)
        try output.append(encoder.end() + encoder.finish())
    }

    private static func checksum(of file: OpenFile, _ buffer: UnsafeMutableRawBufferPointer) throws -> CRC32 {
        var sum = CRC32()
        try forEachPiece(of: file, buffer) { sum.update($0) }
        try file.seek(to: 0)
        return sum
    }

    private static func forEachPiece(
        of file: OpenFile, _ buffer: UnsafeMutableRawBufferPointer, _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        while case let count = try file.read(into: buffer), count > 0 {
            try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }
}
