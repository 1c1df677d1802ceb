// CodedConcept owns one code of a terminology, as the item that a code sequence holds.

/// A code.
///
/// - Source: DICOM PS3.3 table 8.8-1; PS3.16 annex D for those of DCM.
struct CodedConcept: Hashable, Sendable {
    let value: String
    let scheme: String
    let meaning: String

    static let spatialResampling = CodedConcept(value: "113085", scheme: "DCM", meaning: "Spatial resampling")
    static let sourceImage = CodedConcept(
        value: "121322", scheme: "DCM", meaning: "Source image for image processing operation")
    static let basicConfidentiality = CodedConcept(
        value: "113100", scheme: "DCM", meaning: "Basic Application Confidentiality Profile")

    func item() throws(DICOMError) -> DataSet {
        var item = DataSet()
        try item.set(.codeValue, value)
        try item.set(.codingSchemeDesignator, scheme)
        try item.set(.codeMeaning, meaning)
        return item
    }
}
