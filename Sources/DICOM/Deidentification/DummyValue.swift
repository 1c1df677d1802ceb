// DummyValue owns values that say nothing: for each VR one that is valid and the same for everybody.

/// The values that stand in the place of identifying ones.
///
/// - Source: DICOM PS3.15 section E.1.1, PS3.5 section 6.2.
enum DummyValue {
    /// - Returns: The bytes; for sequences, bytes of other kinds and unknown ones none.
    static func bytes(of vr: VR, byteCount: Int) -> [UInt8] {
        switch vr {
        case .da: Array("19000101".utf8)
        case .tm: Array("000000".utf8)
        case .dt: Array("19000101000000".utf8)
        case .as: Array("000Y".utf8)
        case .ds, .is: Array("0 ".utf8)
        case .ae, .cs, .lo, .lt, .pn, .sh, .st, .uc, .ut: Array("REMOVED ".utf8)
        case .ur: Array("urn:removed ".utf8)
        case .at, .fl, .fd, .sl, .ss, .sv, .ul, .us, .uv: [UInt8](repeating: 0, count: byteCount)
        case .ob, .od, .of, .ol, .ov, .ow, .un, .ui, .sq: []
        }
    }
}
