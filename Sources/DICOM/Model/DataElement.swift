// DataElement owns one element of a data set in memory: tag, VR, value. Binary values are little endian here, whatever
// the file's byte order; text stays in the bytes of its character set, so that nothing is lost by reading.

/// An element of a data set.
package struct DataElement: Hashable, Sendable {
    /// What an element holds.
    package enum Value: Hashable, Sendable {
        /// Little endian, padding included.
        case bytes([UInt8])
        /// VR SQ.
        case items([DataSet])
        /// Encapsulated pixel data; the first is the basic offset table (PS3.5 annex A.4).
        case fragments([[UInt8]])
    }

    package let tag: Tag
    package let vr: VR
    package let value: Value

    package init(tag: Tag, vr: VR, value: Value) {
        self.tag = tag
        self.vr = vr
        self.value = value
    }

    /// The value's bytes; nil for sequences and fragments.
    package var bytes: [UInt8]? {
        if case .bytes(let bytes) = value { bytes } else { nil }
    }

    /// The VR to read the value by: that of PS3.6 when the file says UN (PS3.5 section 6.2.2).
    var effectiveVR: VR {
        vr == .un ? DataDictionary.vr(of: tag) ?? .un : vr
    }
}
