// Spacings and positions: a coarser matrix has larger pixels, and the middle of its first pixel lies further inside.

extension ResampledGeometry {
    /// Row spacing first, as DICOM writes all of them.
    ///
    /// - Source: DICOM PS3.3 section 10.7.1.3.
    private static let spacings: [Tag] = [
        .pixelSpacing, .imagerPixelSpacing, .nominalScannedPixelSpacing, .objectPixelSpacingInCenterOfBeam,
    ]

    func scaleSpacings(_ dataSet: inout DataSet) throws(DICOMError) {
        let ratios = [grid.vertical.ratio, grid.horizontal.ratio]
        for tag in Self.spacings {
            guard let old = dataSet.numbers(tag, count: 2) else { continue }
            try dataSet.replace(tag, numbers: zip(old, ratios).map { $0 * $1 })
        }
        if let shift = dataSet.numbers(.maskSubPixelShift, count: 2) {
            try dataSet.replace(.maskSubPixelShift, numbers: zip(shift, ratios).map { $0 / $1 })
        }
        try scaleAspectRatio(&dataSet)
    }

    /// The ratio changes only where the axes were rounded apart.
    private func scaleAspectRatio(_ dataSet: inout DataSet) throws(DICOMError) {
        let old = dataSet.values(.pixelAspectRatio).compactMap { Int($0) }
        guard old.count == 2, old.allSatisfy({ (1...0xFFFF).contains($0) }),
            grid.rows * grid.newColumns != grid.columns * grid.newRows
        else { return }
        let vertical = old[0] * grid.rows * grid.newColumns
        let horizontal = old[1] * grid.columns * grid.newRows
        let divisor = max(Self.commonDivisor(vertical, horizontal), max(vertical, horizontal) / 0x3FFF_FFFF + 1)
        try dataSet.set(.pixelAspectRatio, integers: [max(vertical / divisor, 1), max(horizontal / divisor, 1)])
    }

    private static func commonDivisor(_ left: Int, _ right: Int) -> Int {
        right == 0 ? left : commonDivisor(right, left % right)
    }

    /// - Source: DICOM PS3.3 section C.7.6.2.1.1: the position is that of the first pixel's middle.
    func shiftPositions(_ dataSet: inout DataSet, _ around: Surroundings) throws(DICOMError) {
        try shift(&dataSet, [.imagePositionPatient], around.orientation, around.spacing)
        try shift(&dataSet, [.imagePositionVolume], around.volumeOrientation, around.spacing)
        try shift(
            &dataSet,
            [.xOffsetInSlideCoordinateSystem, .yOffsetInSlideCoordinateSystem, .zOffsetInSlideCoordinateSystem],
            around.slideOrientation, around.spacing)
    }

    /// Moves a position by half of what a pixel has grown, along both axes.
    ///
    /// - Parameter tags: One of three values, or up to three of one value.
    private func shift(
        _ dataSet: inout DataSet, _ tags: [Tag], _ orientation: [Double]?, _ spacing: [Double]?
    ) throws(DICOMError) {
        guard let orientation, let spacing else { return }
        let across = (grid.horizontal.ratio - 1) / 2 * spacing[1]
        let down = (grid.vertical.ratio - 1) / 2 * spacing[0]
        let move = (0..<3).map { across * orientation[$0] + down * orientation[$0 + 3] }
        for (axis, tag) in tags.enumerated() {
            let count = tags.count == 1 ? 3 : 1
            guard let old = dataSet.numbers(tag, count: count) else { continue }
            try dataSet.replace(tag, numbers: old.enumerated().map { $1 + move[tags.count == 1 ? $0 : axis] })
        }
    }

    /// Tiles keep their order; each must start at a pixel of the coarser whole.
    ///
    /// - Source: DICOM PS3.3 sections C.7.6.17.3 and C.8.12.6.1.
    func scaleTiles(_ dataSet: inout DataSet) throws(DICOMError) {
        let places: [(Tag, PixelGrid.Axis)] = [
            (.rowPositionInTotalImagePixelMatrix, grid.vertical),
            (.columnPositionInTotalImagePixelMatrix, grid.horizontal),
        ]
        for (tag, axis) in places {
            guard let old = dataSet.integer(tag) else { continue }
            guard (old - 1) * axis.new % axis.old == 0 else {
                throw .unwritable(tag: tag, text: "a tile starts between two pixels of the reduced image")
            }
            try dataSet.replace(tag, numbers: [Double((old - 1) * axis.new / axis.old + 1)])
        }
        for (tag, axis) in [(Tag.totalPixelMatrixRows, grid.vertical), (.totalPixelMatrixColumns, grid.horizontal)] {
            guard let old = dataSet.integer(tag) else { continue }
            let whole = (old / axis.old) * axis.new
            let rest = Int((Double(old % axis.old) / axis.ratio).rounded(.up))
            try dataSet.replace(tag, numbers: [Double(whole + rest)])
        }
    }
}
