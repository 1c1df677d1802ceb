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

    /// The images whose pictures stand for the series in the list of series: each one that is a stack of its own, and the
    /// middle one of those that are scrolled through together.
    package var stackMiddles: [ViewedInstance] {
        let isProjection = Self.projections.contains(modality)
        let slices = isProjection ? [] : instances.filter { $0.frames == 1 }
        let single = isProjection ? instances : instances.filter { $0.frames > 1 }
        return single + (slices.isEmpty ? [] : [slices[(slices.count - 1) / 2]])
    }

    /// As in exam.js.
    private static let projections: Set = [
        "MG", "CR", "DX", "IO", "PX", "RG", "XC", "OP", "ES", "SM", "GM", "DOC",
    ]
}
