// What of an unattested drop is not whole yet, as its sender has to send it again.
//
// Pure. A piece is a file as it lies there: of an image that is cut inside an archive, that archive.

internal import Catalog
internal import Files

struct UnsettledPieces {
    private let pieces: [MissingPiece]
    private let byteCount: Int64

    init(_ read: ReadDrop, _ assembler: DropAssembler, drop: DropRecord) {
        byteCount = read.byteCount
        let images = assembler.cut.map { cut in
            MissingPiece(path: Array(cut.path.utf8), reason: "\(cut.path): \(cut.reason)")
        }
        let files = Set(read.files.map(\.path.bytes))
        var seen: Set<[UInt8]> = []
        var pieces: [MissingPiece] = []
        for piece in read.cut + images {
            let path = drop.isFolder ? Self.file(of: piece.path, among: files) : drop.name.bytes
            if seen.insert(path).inserted { pieces.append(MissingPiece(path: path, reason: piece.reason)) }
        }
        self.pieces = pieces
    }

    /// nil when all is whole.
    var waiting: IntakeResult? {
        guard let first = pieces.first else { return nil }
        return .waiting(missing: pieces, reason: "it is not whole: \(first.reason)", byteCount: byteCount)
    }

    /// The file that lies there at a path, or that the path leads into; the path itself when none does.
    private static func file(of path: [UInt8], among files: Set<[UInt8]>) -> [UInt8] {
        var shorter = path[...]
        while !files.contains(Array(shorter)) {
            guard let slash = shorter.lastIndex(of: UInt8(ascii: "/")) else { return path }
            shorter = shorter[..<slash]
        }
        return Array(shorter)
    }
}
