// ImageKinds owns which kinds of image a range holds: by modality, image type, series description and key image mark.
//
// Pure. An image must pass every test.

/// Kinds of image.
package struct ImageKinds: Hashable, Sendable {
    /// Codes of DICOM's Modality.
    package let modalities: NameChoice
    /// The image's type is of one of them; nil for any type.
    package let imageTypes: [ImageTypePattern]?
    /// The series' description is of one of them; nil for any description.
    package let seriesDescriptions: [DescriptionPattern]?
    /// Whether only images are held that somebody marked as key images.
    package let keyImagesOnly: Bool

    /// Every image.
    package static let all = ImageKinds()

    package init(
        modalities: NameChoice = .all, imageTypes: [ImageTypePattern]? = nil,
        seriesDescriptions: [DescriptionPattern]? = nil, keyImagesOnly: Bool = false
    ) {
        self.modalities = modalities
        self.imageTypes = imageTypes
        self.seriesDescriptions = seriesDescriptions
        self.keyImagesOnly = keyImagesOnly
    }

    /// Whether an image is of these kinds.
    package func hold(_ image: HeldImage) -> Bool {
        modalities.contains(image.modality)
            && imageTypes.map { $0.contains { $0.matches(image.imageType) } } ?? true
            && seriesDescriptions.map { $0.contains { $0.matches(image.seriesDescription) } } ?? true
            && (image.isKeyImage || !keyImagesOnly)
    }

    /// The same with fewer modalities.
    func only(_ modalities: NameChoice) -> ImageKinds {
        ImageKinds(
            modalities: self.modalities.intersection(modalities), imageTypes: imageTypes,
            seriesDescriptions: seriesDescriptions, keyImagesOnly: keyImagesOnly)
    }
}
