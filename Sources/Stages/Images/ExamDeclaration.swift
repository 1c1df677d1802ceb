// Whether a drop's sender says that nothing else of its exams comes: then they are read at once, not after a quiet time.
//
// The line `# exam complete` in `<name>.sha256`, or `Exam-Complete: true` in a bag's `bag-info.txt`.

internal import Files
internal import Spool

enum ExamDeclaration {
    private static let line = Array("# exam complete".utf8)
    private static let label = "exam-complete:"
    private static let bagInfo = FileName("bag-info.txt")
    private static let checksumLimit = 256 << 20
    private static let bagInfoLimit = 1 << 20

    static func isExamWhole(_ location: DropLocation) throws(FilesError) -> Bool {
        if let checksum = location.checksum {
            let bytes = try location.folder.openFile(checksum).readAll(limit: checksumLimit)
            return bytes.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.contains { Array($0) == line }
        }
        guard try location.folder.status(of: location.name)?.kind == .directory else { return false }
        let folder = try location.folder.open(location.name)
        guard let info = try folder.status(of: bagInfo), info.kind == .file, info.byteCount <= bagInfoLimit else {
            return false
        }
        let bytes = try folder.openFile(bagInfo).readAll(limit: bagInfoLimit + 1)
        let text = String(decoding: bytes, as: UTF8.self).lowercased()
        return text.split(whereSeparator: \.isNewline).contains { line in
            line.hasPrefix(label) && line.dropFirst(label.count).filter { $0 != " " } == "true"
        }
    }
}
