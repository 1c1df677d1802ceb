// A series as the page shows it. Pure.

/// One series.
package struct ViewedSeries: Codable, Sendable, Equatable {
    package var seriesInstanceUID: String
    package var number: Int?
    package var description: String?
    package var modality: String
    package var bodyPart: String?
    package var laterality: String?
    /// In the order in which they are scrolled through.
    package let instances: [ViewedInstance]

    /// - Parameter instances: In any order: they are sorted as `ImageOrder` says.
    package init(
        seriesInstanceUID: String, number: Int? = nil, description: String? = nil, modality: String,
        bodyPart: String? = nil, laterality: String? = nil, instances: [ViewedInstance]
    ) {
        self.seriesInstanceUID = seriesInstanceUID
        self.number = number
        self.description = description
        self.modality = modality
        self.bodyPart = bodyPart
        self.laterality = laterality
        self.instances = ImageOrder.sorted(instances)
    }
}
