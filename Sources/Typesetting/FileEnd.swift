// FileEnd owns the last bytes of a PDF: it says there in which language the file is written, which cairo has no call for.
//
// The catalogue is the last object, so that nothing that has an offset lies behind it but the table of offsets itself. A file
// that ends otherwise (cairo from 1.18 on says the language in another way) is left as it is.

/// Passes a file on, all but its end, which waits until the file is whole.
final class FileEnd {
    private let write: ([UInt8]) throws -> Void
    private let language: String
    /// Enough for the table of offsets, the catalogue and the trailer.
    private let byteCount: Int
    private var held: [UInt8] = []

    private static let catalog = Array("<< /Type /Catalog\n".utf8)
    private static let table = Array("\nendobj\nxref\n".utf8)
    private static let start = Array("\nstartxref\n".utf8)
    /// Of an entry in the table of offsets.
    private static let entryByteCount = 20
    private static let objectsOfPage = 16

    /// - Parameter language: As BCP 47 has it.
    init(language: String, pageCount: Int, to write: @escaping ([UInt8]) throws -> Void) {
        self.write = write
        self.language = String(language.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
        byteCount = (64 << 10) + pageCount * Self.objectsOfPage * Self.entryByteCount
    }

    func take(_ bytes: [UInt8]) throws {
        held += bytes
        guard held.count >= 2 * byteCount else { return }
        try write(Array(held.dropLast(byteCount)))
        held = held.suffix(byteCount)
    }

    /// Passes the end on.
    func finish() throws {
        try write(withLanguage(held) ?? held)
        held = []
    }

    /// nil where the end is not as it is expected.
    private func withLanguage(_ end: [UInt8]) -> [UInt8]? {
        guard let catalog = end.lastRange(of: Self.catalog), let table = end.lastRange(of: Self.table),
            let start = end.lastRange(of: Self.start), catalog.upperBound < table.lowerBound,
            table.upperBound < start.lowerBound
        else { return nil }
        let digits = end[start.upperBound...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard let offset = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
        let entries = Array("   /Lang (\(language))\n   /ViewerPreferences << /DisplayDocTitle true >>\n".utf8)
        var changed = Array(end[..<catalog.upperBound])
        changed += entries
        changed += end[catalog.upperBound..<start.upperBound]
        changed += Array("\(offset + entries.count)".utf8)
        changed += end[digits.endIndex...]
        return changed
    }
}

extension [UInt8] {
    /// Where some bytes are for the last time; nil where they are not.
    fileprivate func lastRange(of bytes: [UInt8]) -> Range<Int>? {
        guard !bytes.isEmpty, count >= bytes.count else { return nil }
        let found = stride(from: count - bytes.count, through: 0, by: -1).first { start in
            self[start] == bytes[0] && self[start..<start + bytes.count].elementsEqual(bytes)
        }
        return found.map { $0..<$0 + bytes.count }
    }
}
