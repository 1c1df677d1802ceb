// ResampledGeometry owns what a resampling does to the attributes that are told in pixels or of pixels: spacing,
// position, shutters, regions, tiles. Each is scaled exactly or removed; none is left that speaks of the old matrix.
// Pure: one data set in, another out.

/// The transformation of a data set to a coarser matrix.
package struct ResampledGeometry: Sendable {
    let grid: PixelGrid

    package init(_ grid: PixelGrid) {
        self.grid = grid
    }

    /// What of the enclosing data sets a position is computed by.
    struct Surroundings: Sendable {
        var spacing: [Double]?
        var orientation: [Double]?
        var slideOrientation: [Double]?
        var volumeOrientation: [Double]?
    }

    /// The data set of the resampled image.
    ///
    /// - Throws: `.unwritable` when a number can no longer be said, as a tile's place between two pixels.
    package func applied(to dataSet: DataSet) throws(DICOMError) -> DataSet {
        var made = try scaled(dataSet, Surroundings())
        try made.set(.rows, integers: [grid.newRows])
        try made.set(.columns, integers: [grid.newColumns])
        return made
    }

    /// Old values are those of another matrix, kept for the record.
    private static let untouched: Set<Tag> = [
        .originalAttributesSequence, .sourceImageSequence, .referencedImageSequence, .referencedInstanceSequence,
        .derivationImageSequence,
    ]

    private func scaled(_ dataSet: DataSet, _ outer: Surroundings) throws(DICOMError) -> DataSet {
        let around = Self.surroundings(dataSet, outer)
        var made = DataSet()
        for element in dataSet.elements where !Self.isRemoved(element.tag) {
            guard case .items = element.value, !Self.untouched.contains(element.tag) else {
                made.insert(element)
                continue
            }
            var items: [DataSet] = []
            for item in dataSet.items(element.tag) { items.append(try scaled(item, around)) }
            made.set(element.tag, items: items)
        }
        try scaleSpacings(&made)
        try shiftPositions(&made, around)
        try scaleShutters(&made)
        try scaleRegion(&made)
        try scaleTiles(&made)
        return made
    }

    private static func surroundings(_ dataSet: DataSet, _ outer: Surroundings) -> Surroundings {
        let shared = dataSet.items(.sharedFunctionalGroupsSequence).first
        func found(_ tag: Tag, _ sequence: Tag, _ count: Int) -> [Double]? {
            dataSet.numbers(tag, count: count) ?? dataSet.items(sequence).first?.numbers(tag, count: count)
                ?? shared?.items(sequence).first?.numbers(tag, count: count)
        }
        return Surroundings(
            spacing: found(.pixelSpacing, .pixelMeasuresSequence, 2) ?? outer.spacing,
            orientation: found(.imageOrientationPatient, .planeOrientationSequence, 6) ?? outer.orientation,
            slideOrientation: dataSet.numbers(.imageOrientationSlide, count: 6) ?? outer.slideOrientation,
            volumeOrientation: found(.imageOrientationVolume, .planeOrientationVolumeSequence, 6)
                ?? outer.volumeOrientation)
    }

    /// What cannot be scaled: graphics drawn on the old matrix, and values of a whole series.
    private static func isRemoved(_ tag: Tag) -> Bool {
        let isGraphic = (tag.group & 0xFF01 == 0x6000) || (tag.group & 0xFF01 == 0x5000)
        return isGraphic || removed.contains(tag)
    }

    private static let removed: Set<Tag> = [
        .iconImageSequence, .spatialResolution, .graphicAnnotationSequence, .shutterOverlayGroup,
        .smallestPixelValueInSeries, .largestPixelValueInSeries, .smallestImagePixelValueInPlane,
        .largestImagePixelValueInPlane,
    ]
}
