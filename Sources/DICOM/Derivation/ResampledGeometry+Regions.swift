// Shutters, collimators and the regions of ultrasound: places in pixels, each moved to the pixel that covers it now.

extension ResampledGeometry {
    private struct Shape {
        let form: Tag
        let vertical: [Tag]
        let horizontal: [Tag]
        let center: Tag
        let radius: Tag
        let vertices: Tag
    }

    /// - Source: DICOM PS3.3 sections C.7.6.11 and C.8.7.3.
    private static let shapes = [
        Shape(
            form: .shutterShape, vertical: [.shutterLeftVerticalEdge, .shutterRightVerticalEdge],
            horizontal: [.shutterUpperHorizontalEdge, .shutterLowerHorizontalEdge],
            center: .centerOfCircularShutter, radius: .radiusOfCircularShutter,
            vertices: .verticesOfThePolygonalShutter),
        Shape(
            form: .collimatorShape, vertical: [.collimatorLeftVerticalEdge, .collimatorRightVerticalEdge],
            horizontal: [.collimatorUpperHorizontalEdge, .collimatorLowerHorizontalEdge],
            center: .centerOfCircularCollimator, radius: .radiusOfCircularCollimator,
            vertices: .verticesOfThePolygonalCollimator),
    ]

    func scaleShutters(_ dataSet: inout DataSet) throws(DICOMError) {
        for shape in Self.shapes {
            for (tags, axis) in [(shape.vertical, grid.horizontal), (shape.horizontal, grid.vertical)] {
                for tag in tags { try scale(&dataSet, tag) { axis.edge($0) } }
            }
            try scalePairs(&dataSet, shape.center)
            try scalePairs(&dataSet, shape.vertices)
            let ratio = (grid.vertical.ratio * grid.horizontal.ratio).squareRoot()
            try scale(&dataSet, shape.radius) { max(Int((Double($0) / ratio).rounded()), 1) }
        }
        try dropBitmapShutter(&dataSet)
    }

    private func scale(_ dataSet: inout DataSet, _ tag: Tag, _ change: (Int) -> Int) throws(DICOMError) {
        guard let old = dataSet.integer(tag) else { return }
        try dataSet.replace(tag, numbers: [Double(change(old))])
    }

    /// Rows and columns by turns.
    private func scalePairs(_ dataSet: inout DataSet, _ tag: Tag) throws(DICOMError) {
        let old = dataSet.values(tag).compactMap { Int($0) }
        guard !old.isEmpty else { return }
        let new = old.enumerated().map { index, place in
            (index % 2 == 0 ? grid.vertical : grid.horizontal).edge(place)
        }
        try dataSet.replace(tag, numbers: new.map(Double.init))
    }

    /// A shutter in the shape of an overlay goes with the overlay.
    private func dropBitmapShutter(_ dataSet: inout DataSet) throws(DICOMError) {
        let forms = dataSet.values(.shutterShape)
        guard forms.contains("BITMAP") else { return }
        let rest = forms.filter { $0 != "BITMAP" }
        if !rest.isEmpty { return try dataSet.set(.shutterShape, rest) }
        for tag in [Tag.shutterShape, .shutterPresentationValue, .shutterPresentationColorCIELabValue] {
            dataSet.remove(tag)
        }
    }

    /// One item of the Sequence of Ultrasound Regions.
    ///
    /// - Source: DICOM PS3.3 section C.8.5.5.
    func scaleRegion(_ dataSet: inout DataSet) throws(DICOMError) {
        guard dataSet[.regionLocationMinX0] != nil else { return }
        try moveReference(
            &dataSet, grid.horizontal,
            RegionAxis(
                start: .regionLocationMinX0, pixel: .referencePixelX0, value: .referencePixelPhysicalValueX,
                delta: .physicalDeltaX))
        try moveReference(
            &dataSet, grid.vertical,
            RegionAxis(
                start: .regionLocationMinY0, pixel: .referencePixelY0, value: .referencePixelPhysicalValueY,
                delta: .physicalDeltaY))
        let across: [Tag] = [
            .regionLocationMinX0, .regionLocationMaxX1, .dopplerSampleVolumeXPosition, .tmLinePositionX0,
            .tmLinePositionX1, .dopplerSampleVolumeXPositionRetired, .tmLinePositionX0Retired, .tmLinePositionX1Retired,
        ]
        let down: [Tag] = [
            .regionLocationMinY0, .regionLocationMaxY1, .dopplerSampleVolumeYPosition, .tmLinePositionY0,
            .tmLinePositionY1, .dopplerSampleVolumeYPositionRetired, .tmLinePositionY0Retired, .tmLinePositionY1Retired,
        ]
        for (tags, axis) in [(across, grid.horizontal), (down, grid.vertical)] {
            for tag in tags { try scale(&dataSet, tag) { axis.pixel($0) } }
        }
    }

    private struct RegionAxis {
        let start: Tag
        let pixel: Tag
        let value: Tag
        let delta: Tag
    }

    /// The reference pixel is a whole one, counted from the region's start; what rounding moves it by, its physical
    /// value makes good.
    private func moveReference(
        _ dataSet: inout DataSet, _ axis: PixelGrid.Axis, _ tags: RegionAxis
    ) throws(DICOMError) {
        let delta = dataSet.numbers(tags.delta, count: 1)?.first.map { $0 * axis.ratio }
        if let delta { try dataSet.replace(tags.delta, numbers: [delta]) }
        guard let pixel = dataSet.integer(tags.pixel), let start = dataSet.integer(tags.start),
            abs(pixel) < 1 << 32, abs(start) <= 1 << 32
        else { return }
        let exact = axis.place(Double(start + pixel)) - Double(axis.pixel(start))
        try dataSet.replace(tags.pixel, numbers: [exact.rounded()])
        if let delta, let value = dataSet.numbers(tags.value, count: 1)?.first {
            try dataSet.replace(tags.value, numbers: [value + (exact.rounded() - exact) * delta])
        }
    }
}
