// A purpose for which exams are asked, and what it gives.
//
// Owns one item of `purposes` in `purposes.yaml`. A right that is not written is not given. Never decides a request.

/// A purpose.
package struct PurposeEntry: Sendable, Equatable {
    package let id: String
    /// The code by which other systems call it, of HL7's PurposeOfUse: `TREAT`.
    package let code: String?
    package let range: RangeEntry
    /// Whether what is given says no longer whose it is.
    package let deidentify: Bool

    init(_ reader: KeyedReader) {
        id = reader.required("id", Decode.identifier, else: "")
        code = reader.optional("code", Decode.code)
        range = reader.required("range", { RangeEntry.decode($0) }, else: .nothing)
        deidentify = reader.value("deidentify", Decode.flag, default: false)
    }

    private init(id: String, code: String, range: RangeEntry, deidentify: Bool) {
        self.id = id
        self.code = code
        self.range = range
        self.deidentify = deidentify
    }

    /// The purposes of a site that has no `purposes.yaml`.
    package static let usual: [PurposeEntry] = [
        PurposeEntry(
            id: "treatment", code: "TREAT",
            range: RangeEntry(
                kinds: .all, pixelDensity: ExactDecimal(1), imageProcessing: true, reports: true, reportInput: true),
            deidentify: false),
        PurposeEntry(
            id: "teaching", code: "HRESCH",
            range: RangeEntry(
                kinds: .only(["CR", "DX", "MG"]), pixelDensity: ExactDecimal("0.25") ?? ExactDecimal(0),
                imageProcessing: false, reports: false, reportInput: false),
            deidentify: true),
    ]
}
