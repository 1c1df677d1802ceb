// HeldImage owns the facts about an instance that decide whether a range holds it.
//
// Pure. Instances of equal facts are treated alike, so an exam is described by its distinct ones.

/// What is known of an instance.
package struct HeldImage: Hashable, Sendable {
    /// A code of DICOM's Modality; `OT`, other, when the image does not say.
    package let modality: String
    /// The values of Image Type (0008,0008).
    package let imageType: [String]
    package let seriesDescription: String
    /// Whether a key object selection of the exam, or a person, marks it.
    package let isKeyImage: Bool
    /// Whether it is a report and no image: a structured report, an encapsulated document.
    package let isDocument: Bool

    package init(
        modality: String, imageType: [String] = [], seriesDescription: String = "", isKeyImage: Bool = false,
        isDocument: Bool = false
    ) {
        let code = CodeString.normal(modality)
        self.modality = code.isEmpty ? "OT" : code
        self.imageType = imageType
        self.seriesDescription = seriesDescription
        self.isKeyImage = isKeyImage
        self.isDocument = isDocument
    }
}
