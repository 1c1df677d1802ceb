// Tag owns the name of a data element: its group and element number.
// Tags order as PS3.5 section 7.1 orders the elements of a data set. It never knows a VR or a name by itself:
// those are the dictionary's.

/// A data element's tag.
///
/// - Source: DICOM PS3.5 section 7.1.1.
package struct Tag: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Group in the upper 16 bits, element in the lower.
    package let number: UInt32

    @inline(__always)
    package init(_ number: UInt32) {
        self.number = number
    }

    @inline(__always)
    package init(group: UInt16, element: UInt16) {
        number = UInt32(group) << 16 | UInt32(element)
    }

    package var group: UInt16 { UInt16(truncatingIfNeeded: number >> 16) }
    package var element: UInt16 { UInt16(truncatingIfNeeded: number) }

    /// True for groups with an odd number (PS3.5 section 7.8).
    package var isPrivate: Bool { group & 1 == 1 }

    /// True for (gggg,0000), retired outside groups 0000 and 0002 (PS3.5 section 7.2).
    package var isGroupLength: Bool { element == 0 }

    @inline(__always)
    package static func < (left: Tag, right: Tag) -> Bool { left.number < right.number }

    /// "(0010,0020)".
    package var description: String {
        "(" + Self.hexadecimal(group) + "," + Self.hexadecimal(element) + ")"
    }

    private static func hexadecimal(_ value: UInt16) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}

extension Tag {
    // Items and their delimiters: PS3.5 section 7.5, table 7.5-1.
    package static let item = Tag(0xFFFE_E000)
    package static let itemDelimitation = Tag(0xFFFE_E00D)
    package static let sequenceDelimitation = Tag(0xFFFE_E0DD)
}
