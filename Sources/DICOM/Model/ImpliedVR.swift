// ImpliedVR owns the VR of an element whose header says none: that of PS3.6, and where it leaves a choice, the one that
// PS3.5 annex A.1 prescribes for implicit VR.

/// The VR that an implicit header means.
enum ImpliedVR {
    /// - Parameter isSigned: Whether Pixel Representation says two's complement; it decides "US or SS".
    static func of(_ header: ElementHeader, isSigned: Bool) -> VR {
        if header.hasExplicitVR { return .un }
        let tag = header.tag
        if tag.isPrivate { return (0x0010...0x00FF).contains(tag.element) ? .lo : .un }
        let vrs = DataDictionary.entry(for: tag)?.vrs ?? []
        guard vrs.count > 1 else { return vrs.first ?? .un }
        if vrs.contains(.ow) { return .ow }
        return isSigned && vrs.contains(.ss) ? .ss : vrs[0]
    }
}
