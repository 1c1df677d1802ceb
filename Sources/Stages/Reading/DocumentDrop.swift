// A drop that is one document, read whole: its bytes, its digest, and what file they came from.
//
// Invariant: the bytes that are judged are the bytes that were hashed.

internal import Files
internal import Spool

struct DocumentDrop {
    let bytes: [UInt8]
    let digest: SHA256Digest
    let identity: SourceIdentity

    /// Bytes of a document at most.
    static let byteLimit = 64 << 20

    enum Outcome {
        case read(DocumentDrop)
        /// It is none, or longer than a document may be.
        case unfit(reason: String)
    }

    static func read(_ location: DropLocation, byteLimit limit: Int64) throws -> Outcome {
        guard let status = try location.folder.status(of: location.name) else {
            throw SpoolError.changed(path: location.path)
        }
        guard status.kind == .file else {
            return .unfit(reason: "a folder; drop each document as a file of its own")
        }
        let limit = Int(min(limit, Int64(byteLimit)))
        guard status.byteCount <= limit else {
            return .unfit(reason: "\(status.byteCount) bytes; a document has at most \(limit)")
        }
        let file = try location.folder.openFile(location.name)
        let bytes = try file.readAll(limit: limit)
        return .read(
            DocumentDrop(
                bytes: bytes, digest: SHA256.digest(of: bytes), identity: SourceIdentity(files: [(.itself, status)])))
    }
}
