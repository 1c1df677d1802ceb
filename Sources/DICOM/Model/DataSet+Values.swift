// The values of a data set's elements as texts and numbers, read and written. Reading follows the same rules as a scan;
// writing pads, and refuses what the data set's character set cannot say.

extension DataSet {
    /// The values of an element as texts, padding stripped; empty when it is absent, empty or a sequence.
    package func values(_ tag: Tag) -> [String] {
        guard let element = self[tag], let bytes = element.bytes else { return [] }
        return ValueText.strings(bytes, vr: element.effectiveVR, characterSet: characterSet)
    }

    /// The text of an element, several values joined by backslashes.
    ///
    /// - Returns: nil when there is no such element, "" when it is empty.
    package func text(_ tag: Tag) -> String? {
        self[tag] == nil ? nil : values(tag).joined(separator: "\\")
    }

    /// The first value as a number; nil when it is absent or no whole number.
    package func integer(_ tag: Tag) -> Int? {
        values(tag).first.flatMap { Int($0) }
    }

    /// The values as numbers; those that are none are left out.
    package func decimals(_ tag: Tag) -> [Double] {
        values(tag).compactMap { Double($0) }
    }

    package func personName(_ tag: Tag) -> PersonName? {
        self[tag].map { _ in PersonName(values(tag).first ?? "") }
    }

    /// Sets texts, in the character set in force. Set (0008,0005) first.
    ///
    /// - Parameter vr: nil for the VR of PS3.6.
    /// - Throws: `.unwritable` when the VR holds no text or the character set lacks a character.
    package mutating func set(_ tag: Tag, _ texts: [String], vr: VR? = nil) throws(DICOMError) {
        guard let vr = vr ?? DataDictionary.vr(of: tag), vr.isText else {
            throw .unwritable(tag: tag, text: "the element holds no text")
        }
        let joined = texts.joined(separator: "\\")
        let set = vr.usesCharacterSet ? characterSet : .standard
        guard var bytes = set.encode(joined) else {
            throw .unwritable(tag: tag, text: "the character set lacks a character of the text")
        }
        if bytes.count % 2 == 1 { bytes.append(vr.paddingByte) }
        insert(DataElement(tag: tag, vr: vr, value: .bytes(bytes)))
    }

    /// Sets one text.
    package mutating func set(_ tag: Tag, _ text: String, vr: VR? = nil) throws(DICOMError) {
        try set(tag, [text], vr: vr)
    }

    /// Sets whole numbers, by the VR of PS3.6: binary for US, UL and their like, text for IS and DS.
    ///
    /// - Throws: `.unwritable` when the VR holds no numbers or one is out of its range.
    package mutating func set(_ tag: Tag, integers: [Int], vr: VR? = nil) throws(DICOMError) {
        guard let vr = vr ?? DataDictionary.vr(of: tag) else {
            throw .unwritable(tag: tag, text: "the element is unknown, so that its VR must be given")
        }
        if vr == .is || vr == .ds { return try set(tag, integers.map(String.init), vr: vr) }
        var bytes: [UInt8] = []
        for integer in integers {
            guard let coded = Self.coded(integer, vr) else {
                throw .unwritable(tag: tag, text: "\(integer) is no value of VR \(vr)")
            }
            bytes += coded
        }
        insert(DataElement(tag: tag, vr: vr, value: .bytes(bytes)))
    }

    package mutating func set(_ tag: Tag, items: [DataSet]) {
        insert(DataElement(tag: tag, vr: .sq, value: .items(items)))
    }

    private static func coded(_ integer: Int, _ vr: VR) -> [UInt8]? {
        switch vr {
        case .us: UInt16(exactly: integer).map { littleEndian($0) }
        case .ss: Int16(exactly: integer).map { littleEndian($0) }
        case .ul: UInt32(exactly: integer).map { littleEndian($0) }
        case .sl: Int32(exactly: integer).map { littleEndian($0) }
        case .uv: UInt64(exactly: integer).map { littleEndian($0) }
        case .sv: littleEndian(Int64(integer))
        default: nil
        }
    }

    private static func littleEndian(_ number: some FixedWidthInteger) -> [UInt8] {
        (0..<number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
}
