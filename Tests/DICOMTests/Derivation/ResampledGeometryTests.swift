// What a resampling does to places and sizes that are told in pixels.

import Testing

@testable import DICOM

@Suite struct ResampledGeometryTests {
    private func resampled(
        _ dataSet: DataSet, rows: (Int, Int) = (100, 50), columns: (Int, Int) = (200, 50)
    ) throws -> DataSet {
        try ResampledGeometry(
            PixelGrid(rows: rows.0, columns: columns.0, newRows: rows.1, newColumns: columns.1)
        ).applied(to: dataSet)
    }

    @Test func spacingGrowsByAxis() throws {
        var dataSet = DataSet()
        try dataSet.set(.pixelSpacing, ["0.5", "0.1"])
        try dataSet.set(.imagerPixelSpacing, ["0.07", "0.07"])
        let made = try resampled(dataSet)
        #expect(made.decimals(.pixelSpacing) == [1, 0.4])
        #expect(made.decimals(.imagerPixelSpacing) == [0.14, 0.28])
        #expect(made.integer(.rows) == 50)
    }

    @Test func theFirstPixelLiesFurtherInside() throws {
        var dataSet = DataSet()
        try dataSet.set(.pixelSpacing, ["0.5", "0.1"])
        try dataSet.set(.imagePositionPatient, ["1", "2", "3"])
        try dataSet.set(.imageOrientationPatient, ["1", "0", "0", "0", "0", "-1"])
        let made = try resampled(dataSet).decimals(.imagePositionPatient)
        #expect(abs(made[0] - 1.15) < 1e-12 && made[1] == 2 && made[2] == 2.75)
    }

    @Test func numbersFitTheirVR() {
        for number in [1.0 / 3, -123456.789012345678, 1e-7 / 3, -1e300 / 7, 12] {
            let text = DecimalString.text(number)
            #expect(text.utf8.count <= 16)
            #expect(abs((Double(text) ?? .nan) / number - 1) < 1e-8)
        }
        #expect(DecimalString.text(0.14) == "0.14")
    }

    @Test func shuttersKeepToTheirPixels() throws {
        var dataSet = DataSet()
        try dataSet.set(.shutterShape, ["RECTANGULAR", "BITMAP"])
        try dataSet.set(.shutterLeftVerticalEdge, integers: [0])
        try dataSet.set(.shutterRightVerticalEdge, integers: [201])
        try dataSet.set(.shutterUpperHorizontalEdge, integers: [11])
        try dataSet.set(.verticesOfThePolygonalShutter, integers: [1, 1, 100, 200])
        try dataSet.set(.collimatorLeftVerticalEdge, integers: [-40])
        let made = try resampled(dataSet)
        #expect(made.integer(.shutterLeftVerticalEdge) == 0)
        #expect(made.integer(.shutterRightVerticalEdge) == 51)
        #expect(made.integer(.shutterUpperHorizontalEdge) == 6)
        #expect(made.values(.verticesOfThePolygonalShutter) == ["1", "1", "50", "50"])
        #expect(made.integer(.collimatorLeftVerticalEdge) == -10)
        #expect(made.values(.shutterShape) == ["RECTANGULAR"])
    }

    @Test func whatRoundingMovesThePhysicalValueMakesGood() throws {
        var region = DataSet()
        for (tag, number) in [
            (Tag.regionLocationMinX0, 3), (.regionLocationMaxX1, 199), (.regionLocationMinY0, 0),
            (.regionLocationMaxY1, 99), (.referencePixelX0, 10),
        ] { try region.set(tag, integers: [number]) }
        region.insert(DataElement(tag: .physicalDeltaX, vr: .fd, value: .bytes([0, 0, 0, 0, 0, 0, 0xF0, 0x3F])))
        region.insert(
            DataElement(tag: .referencePixelPhysicalValueX, vr: .fd, value: .bytes([0, 0, 0, 0, 0, 0, 0, 0x40])))
        var dataSet = DataSet()
        dataSet.set(Tag(0x0018_6011), items: [region])
        let made = try #require(try resampled(dataSet).items(Tag(0x0018_6011)).first)
        // The middle of old column 13 lies at 13.5 old pixels, new pixel 3.375 - 0.5 = 2.875; the region starts at 0.
        #expect(made.integer(.regionLocationMinX0) == 0)
        #expect(made.integer(.regionLocationMaxX1) == 49)
        #expect(made.integer(.referencePixelX0) == 3)
        #expect(made.floats(.physicalDeltaX) == [4])
        #expect(made.floats(.referencePixelPhysicalValueX) == [2.5])
    }

    @Test func overlaysGoAndOldAttributesOfTheRecordStay() throws {
        var old = DataSet()
        try old.set(.pixelSpacing, ["0.5", "0.5"])
        var dataSet = DataSet()
        dataSet.set(.originalAttributesSequence, items: [old])
        try dataSet.set(.overlayRows, integers: [100])
        try dataSet.set(Tag(0x6002_0010), integers: [100], vr: .us)
        let made = try resampled(dataSet)
        #expect(made.elements.allSatisfy { $0.tag.group < 0x6000 })
        #expect(made.items(.originalAttributesSequence).first?.decimals(.pixelSpacing) == [0.5, 0.5])
    }

    @Test func aTileStartsAtAPixel() throws {
        var dataSet = DataSet()
        try dataSet.set(.rowPositionInTotalImagePixelMatrix, integers: [101])
        #expect(try resampled(dataSet).integer(.rowPositionInTotalImagePixelMatrix) == 51)
        try dataSet.set(.rowPositionInTotalImagePixelMatrix, integers: [102])
        #expect(throws: DICOMError.self) { try resampled(dataSet) }
    }
}
