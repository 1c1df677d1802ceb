// FileForm owns the question whether bytes are DICOM at all, and in which of its forms. It looks at the first KiB
// only, never at a name, and never throws: what is not DICOM is an answer.

/// How a file begins.
package enum FileForm: Hashable, Sendable {
    /// Preamble, prefix and file meta information (PS3.10 section 7.1).
    case part10
    /// File meta information without the 128 bytes and the prefix before it.
    case metaWithoutPreamble
    /// A data set alone, as old systems and network dumps write it.
    case bareDataSet
    case notDICOM

    /// The bytes that a decision can need.
    static let prefixByteCount = 1024
    /// Where the prefix "DICM" belongs.
    static let magicOffset = 128

    /// The form of a file that begins with `prefix`: its first KiB, or all of it when it is shorter.
    package static func form(ofPrefix prefix: UnsafeRawBufferPointer) -> FileForm {
        if hasMagic(prefix, at: magicOffset) { return .part10 }
        if startsMeta(prefix, at: 0) { return .metaWithoutPreamble }
        if misplacedMetaOffset(prefix) != nil { return .part10 }
        return BareDataSetGuess.looksLikeDataSet(prefix) ? .bareDataSet : .notDICOM
    }

    static func hasMagic(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Bool {
        offset + 4 <= bytes.count && bytes[offset..<offset + 4].elementsEqual("DICM".utf8)
    }

    /// Where file meta information starts in a file whose prefix is missing or stands elsewhere than it should.
    static func misplacedMetaOffset(_ bytes: UnsafeRawBufferPointer) -> Int? {
        if startsMeta(bytes, at: magicOffset + 4) { return magicOffset + 4 }
        return bytes.indices.first { hasMagic(bytes, at: $0) && startsMeta(bytes, at: $0 + 4) }.map { $0 + 4 }
    }

    /// True when a group 0002 element with a known VR, or with a small implicit length, stands at `offset`.
    private static func startsMeta(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Bool {
        guard
            offset + 8 <= bytes.count,
            let header = ElementHeader.decode(bytes, at: offset, offset: 0, encoding: .explicitLittleEndian),
            header.tag.group == 2, DataDictionary.entry(for: header.tag) != nil
        else { return false }
        return header.hasExplicitVR ? header.vr != nil : header.length <= 64
    }
}
