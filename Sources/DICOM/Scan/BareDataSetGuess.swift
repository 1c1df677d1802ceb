// BareDataSetGuess owns the decision whether bytes without any mark are a data set: elements that PS3.6 knows, in
// ascending order, with lengths that lead from one to the next. It never accepts text, pictures, archives or zeros.

/// The look at a file that has neither prefix nor file meta information.
enum BareDataSetGuess {
    /// First groups of data sets: 0004 (directory) to 0028.
    private static let firstGroups: Set<UInt16> = [0x0004, 0x0008, 0x0010, 0x0018, 0x0020, 0x0028]
    /// The longest first element that is believed.
    private static let maximumFirstLength: UInt32 = 65_536

    /// True when one of the three native encodings reads the prefix as elements.
    static func looksLikeDataSet(_ prefix: UnsafeRawBufferPointer) -> Bool {
        [ElementEncoding.explicitLittleEndian, .explicitBigEndian, .implicitLittleEndian].contains {
            reads(prefix, as: $0)
        }
    }

    private static func reads(_ prefix: UnsafeRawBufferPointer, as encoding: ElementEncoding) -> Bool {
        var index = 0
        var count = 0
        var last: Tag?
        while let header = ElementHeader.decode(prefix, at: index, offset: 0, encoding: encoding) {
            guard isPlausible(header, after: last, encoding: encoding) else { return count >= 3 }
            count += 1
            if header.hasUndefinedLength { return true }
            last = header.tag
            index += header.byteCount + Int(header.length)
            if index >= prefix.count { break }
        }
        return encoding.isExplicitVR ? count >= 1 : count >= 2 || count == 1 && index >= prefix.count
    }

    private static func isPlausible(_ header: ElementHeader, after last: Tag?, encoding: ElementEncoding) -> Bool {
        guard encoding.isExplicitVR == header.hasExplicitVR, !encoding.isExplicitVR || header.vr != nil else {
            return false
        }
        if let last {
            return header.tag > last && (header.tag.isPrivate || DataDictionary.entry(for: header.tag) != nil)
        }
        let hasLength = header.length > 0 && header.length <= maximumFirstLength || header.hasUndefinedLength
        return firstGroups.contains(header.tag.group) && (hasLength || encoding.isExplicitVR)
            && DataDictionary.entry(for: header.tag) != nil
    }
}
