// The range that a purpose opens: which images, how fine, and with which rights.
//
// Owns the `range` block of a purpose. Invariant: the density is above 0 and at most 1.

/// What may be had under a purpose.
package struct RangeEntry: Sendable, Equatable {
    /// Codes of DICOM's Modality.
    package let kinds: Selection
    /// The linear scale of rows and columns, above 0 to 1.
    package let pixelDensity: ExactDecimal
    /// Whether stored pixel values are given, and not only rendered pictures.
    package let imageProcessing: Bool
    /// Whether reports come along.
    package let reports: Bool
    /// Whether a report may be sent in for what was given.
    package let reportInput: Bool
    /// How many of a patient's exams, newest first; nil means all.
    package let mostRecent: Int?
    /// How long the right lasts after delivery; nil means without end.
    package let forMilliseconds: Int64?

    static let nothing = RangeEntry(
        kinds: .only([]), pixelDensity: ExactDecimal(1), imageProcessing: false, reports: false, reportInput: false,
        mostRecent: nil, forMilliseconds: nil)

    static func decode(_ field: Field) -> RangeEntry? {
        KeyedReader.block(field) { reader in
            RangeEntry(
                kinds: reader.value("kinds", Decode.selection(of: Decode.code), default: .all),
                pixelDensity: reader.value("pixelDensity", density, default: ExactDecimal(1)),
                imageProcessing: reader.value("imageProcessing", Decode.flag, default: false),
                reports: reader.value("reports", Decode.flag, default: false),
                reportInput: reader.value("reportInput", Decode.flag, default: false),
                mostRecent: reader.value("mostRecent", mostRecent, default: Int?.none),
                forMilliseconds: reader.optional("for", Decode.positiveDuration))
        }
    }

    private static var density: (Field) -> ExactDecimal? {
        Decode.decimal("a scale above 0, at most 1,", example: "0.25") {
            $0.unscaled > 0 && $0 <= ExactDecimal(1)
        }
    }

    private static func mostRecent(_ field: Field) -> Int?? {
        if field.scalarText == "all" { return .some(nil) }
        guard let number = field.scalarText.flatMap({ Int($0) }), (1...100_000).contains(number) else {
            return Decode.refuse(field, "`all` or a number of exams from 1 is wanted")
        }
        return .some(number)
    }
}
