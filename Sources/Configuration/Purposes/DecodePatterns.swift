// What a purpose says of kinds of image besides their modality: image types and series descriptions.
//
// Owns the form of these words. Which images they fit is decided elsewhere.

extension Decode {
    /// The first values that an image's type must have, separated by backslashes, `*` for any: `ORIGINAL\PRIMARY`.
    ///
    /// - Source: DICOM PS3.3 section C.7.6.1.1.2, and C.8.16.1 for MIXED.
    static func imageType(_ field: Field) -> String? {
        let values = (field.scalarText ?? "").split(separator: "\\", omittingEmptySubsequences: false)
        guard values.allSatisfy({ $0 == "*" || isCode($0) }) else {
            return refuse(
                field, #"values of Image Type are wanted, separated by backslashes, `*` for any: ORIGINAL\PRIMARY"#)
        }
        guard let first = values.first, ["ORIGINAL", "DERIVED", "MIXED", "*"].contains(first) else {
            return refuse(
                field,
                #"an image type begins with ORIGINAL, DERIVED, MIXED or `*` for any; write *\\#(field.scalarText ?? "")"#
            )
        }
        return field.scalarText
    }

    /// A pattern of a whole description: at most as long as one can be, in characters (PS3.5 section 6.2, LO).
    static func seriesDescription(_ field: Field) -> String? {
        guard let pattern = text(field) else { return nil }
        guard pattern.count <= 64, !pattern.contains("\\"), !pattern.contains("\n") else {
            return refuse(
                field,
                "a pattern of up to 64 characters without backslash is wanted, `*` for any characters, such as *MLO*")
        }
        return pattern
    }
}
