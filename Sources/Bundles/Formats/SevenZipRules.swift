// 7z: where its end header lies.
//
// The start header says how long the file is; a file that is shorter is cut off, one that is longer
// has something behind it.

final class SevenZipRules: FormatRules {
    /// 7zFormat.txt, SignatureHeader: 32 bytes.
    private static let headerByteCount: Int64 = 32

    /// Where, behind signature and version, what the start header says begins.
    private static let startOffset = 8

    private let expected: Int64
    private let actual: Int64

    let unpacksSkipped = true

    init(descriptor: Int32, fileByteCount: Int64) throws(BundleError) {
        let header = try PositionedRead.bytes(descriptor, count: Int(Self.headerByteCount), at: 0)
        guard header.count == Int(Self.headerByteCount) else {
            throw .truncated(text: "the 7z header needs 32 bytes", offset: Int64(header.count))
        }
        guard header.dropFirst(Self.startOffset).contains(where: { $0 != 0 }) else {
            throw .truncated(text: "the 7z start header, which is written last, is not there yet", offset: 8)
        }
        let next = LittleEndian.uint64(header, at: 12)
        let size = LittleEndian.uint64(header, at: 20)
        let (sum, isOver) = next.addingReportingOverflow(size)
        guard !isOver, sum < UInt64(Int64.max - Self.headerByteCount) else {
            throw .damagedArchive(text: "the 7z header points to byte \(next), \(size) long", offset: 12)
        }
        expected = Int64(sum) + Self.headerByteCount
        actual = fileByteCount
        if expected > actual {
            throw .truncated(text: "the 7z file is \(expected) bytes long by its header", offset: actual)
        }
    }

    func end(markOffset: Int64, entryCount: Int) throws(BundleError) -> ProperEnd {
        expected == actual ? .ended : .notEnded("\(actual - expected) bytes follow the 7z data")
    }
}
