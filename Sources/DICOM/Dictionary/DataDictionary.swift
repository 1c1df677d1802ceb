// DataDictionary owns the look-up in PS3.6 by tag and by keyword, repeating groups included.
// The tables are parsed once, on first use, and never change. Private elements are not in them.

/// The data dictionary of PS3.6.
package enum DataDictionary {
    /// The entry for a tag; nil for private and unknown elements.
    ///
    /// - Source: DICOM PS3.6 sections 6 to 9; repeating groups PS3.5 section 7.6.
    package static func entry(for tag: Tag) -> DictionaryEntry? {
        if let line = index.line(of: tag.number) {
            return DictionaryEntry(columns: elements.columns(line))
        }
        guard let line = repeatingMasks.firstIndex(where: { tag.number & $0.mask == $0.value }) else {
            return tag.isPrivate || !tag.isGroupLength ? nil : groupLength
        }
        return tag.isPrivate ? nil : DictionaryEntry(columns: repeaters.columns(line))
    }

    /// The tag with this keyword; for a repeating group the tag of its first group. Nil when unknown.
    package static func tag(keyword: String) -> Tag? {
        keywords[keyword]
    }

    /// The VR that an implicit VR data set means: the only one, or the first of several. Nil when unknown.
    package static func vr(of tag: Tag) -> VR? {
        entry(for: tag)?.vrs.first
    }

    /// True when PS3.6 gives the element VR SQ; repeating groups have none.
    @inline(__always)
    static func isSequence(_ tag: Tag) -> Bool {
        sequences.contains(tag.number)
    }

    /// How many elements the dictionary names, repeating groups apart.
    package static var count: Int { elements.ranges.count }

    private static let elements = TableLines(elementTable)
    private static let repeaters = TableLines(repeaterTable)
    private static let index = TagIndex(
        (0..<elements.ranges.count).map { hexadecimal(elements.withBytes($0, Array.init)) })
    private static let groupLength = DictionaryEntry(columns: [
        "", "UL", "1", "R", "GenericGroupLength", "Generic Group Length",
    ])

    private static let sequences = TagIndex(
        elements.ranges.indices.compactMap { line in
            elements.withBytes(line) { bytes in
                let vr = bytes.dropFirst(9).prefix(3)
                return vr.elementsEqual("SQ|".utf8) ? hexadecimal(Array(bytes)) : nil
            }
        })

    private static let keywords: [String: Tag] = {
        var tags: [String: Tag] = [:]
        for (lines, table) in [(elements.ranges.indices, elements), (repeaters.ranges.indices, repeaters)] {
            for line in lines {
                let columns = table.columns(line)
                guard !columns[4].isEmpty else { continue }
                tags[columns[4]] = Tag(hexadecimal(Array(columns[0].utf8)))
            }
        }
        return tags
    }()

    private static let repeatingMasks: [(mask: UInt32, value: UInt32)] = repeaters.ranges.indices.map { line in
        let digits = repeaters.withBytes(line) { Array($0.prefix(8)) }
        let mask = digits.reduce(UInt32(0)) { $0 << 4 | ($1 == UInt8(ascii: "x") ? 0 : 0xF) }
        return (mask, hexadecimal(digits) & mask)
    }

    /// The number that the first eight digits say; an x counts as 0.
    private static func hexadecimal(_ bytes: [UInt8]) -> UInt32 {
        bytes.prefix(8).reduce(UInt32(0)) { number, digit in
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): number << 4 | UInt32(digit - UInt8(ascii: "0"))
            case UInt8(ascii: "A")...UInt8(ascii: "F"): number << 4 | UInt32(digit - UInt8(ascii: "A") + 10)
            default: number << 4
            }
        }
    }
}
