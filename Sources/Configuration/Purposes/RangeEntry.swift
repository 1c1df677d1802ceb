// The range that a purpose opens: which images, how fine, and with which rights.
//
// Owns the `range` block of a purpose. Invariant: the density is above 0 and at most 1.

/// What may be had under a purpose.
package struct RangeEntry: Sendable, Equatable {
    /// Codes of DICOM's Modality.
    package let kinds: Selection
    /// The first values of Image Type, `*` for any: `ORIGINAL\PRIMARY`.
    package let imageTypes: Selection
    /// Patterns of series descriptions, `*` for any characters and `?` for one.
    package let seriesDescriptions: Selection
    /// Whether only images are given that a key object selection marks.
    package let keyImagesOnly: Bool
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
        kinds: .only([]), pixelDensity: ExactDecimal(1), imageProcessing: false, reports: false, reportInput: false)

    /// Images of every type and description, unless others are named.
    init(
        kinds: Selection, imageTypes: Selection = .all, seriesDescriptions: Selection = .all,
        keyImagesOnly: Bool = false, pixelDensity: ExactDecimal, imageProcessing: Bool, reports: Bool,
        reportInput: Bool, mostRecent: Int? = nil, forMilliseconds: Int64? = nil
    ) {
        self.kinds = kinds
        self.imageTypes = imageTypes
        self.seriesDescriptions = seriesDescriptions
        self.keyImagesOnly = keyImagesOnly
        self.pixelDensity = pixelDensity
        self.imageProcessing = imageProcessing
        self.reports = reports
        self.reportInput = reportInput
        self.mostRecent = mostRecent
        self.forMilliseconds = forMilliseconds
    }

    static func decode(_ field: Field) -> RangeEntry? {
        KeyedReader.block(field) { reader in
            RangeEntry(
                kinds: reader.value("kinds", Decode.selection(of: Decode.code), default: .all),
                imageTypes: reader.value("imageTypes", patterns(of: Decode.imageType), default: .all),
                seriesDescriptions: reader.value(
                    "seriesDescriptions", patterns(of: Decode.seriesDescription), default: .all),
                keyImagesOnly: reader.value("keyImagesOnly", Decode.flag, default: false),
                pixelDensity: reader.value("pixelDensity", density, default: ExactDecimal(1)),
                imageProcessing: reader.value("imageProcessing", Decode.flag, default: false),
                reports: reader.value("reports", Decode.flag, default: false),
                reportInput: reader.value("reportInput", Decode.flag, default: false),
                mostRecent: reader.value("mostRecent", mostRecent, default: Int?.none),
                forMilliseconds: reader.optional("for", Decode.positiveDuration))
        }
    }

    /// A list that lets nothing through is a mistake: `kinds: []` gives no images.
    private static func patterns(of decode: @escaping (Field) -> String?) -> (Field) -> Selection? {
        { field in
            if field.items?.isEmpty == true {
                return Decode.refuse(field, "an empty list would let no image through; write `all`, or name some")
            }
            return Decode.selection(of: decode)(field)
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
