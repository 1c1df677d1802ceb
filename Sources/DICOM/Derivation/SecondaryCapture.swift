// SecondaryCapture owns the data set of a rendered image: who and when from the source, nothing of how the source's
// values came about, since the pixels are greys or colours of a display.

/// The making of Secondary Capture data sets.
///
/// - Source: DICOM PS3.3 annex A.8.
package enum SecondaryCapture {
    private static let single = "1.2.840.10008.5.1.4.1.1.7"
    private static let greyFrames = "1.2.840.10008.5.1.4.1.1.7.2"
    private static let colorFrames = "1.2.840.10008.5.1.4.1.1.7.4"

    /// The data set, without pixel data, in the source's matrix.
    package static func dataSet(of source: DataSet, layout: SampleLayout) throws(DICOMError) -> DataSet {
        var made = DataSet(elements: source.elements.filter { isCarried($0.tag) })
        let isStack = layout.frameCount > 1
        try made.set(.sopClassUID, isStack ? (layout.samplesPerPixel == 1 ? greyFrames : colorFrames) : single)
        try made.set(.conversionType, "WSD")
        try layout.apply(to: &made)
        for tag in typeTwo where made[tag] == nil {
            made.insert(DataElement(tag: tag, vr: DataDictionary.vr(of: tag) ?? .lo, value: .bytes([])))
        }
        if made.text(.modality)?.isEmpty ?? true { try made.set(.modality, "OT") }
        if isStack { try describeFrames(&made, layout, source) }
        if layout.samplesPerPixel == 1, isStack { try plainGreys(&made) }
        return made
    }

    /// Patient, study and series; of the image what is said of any image.
    private static func isCarried(_ tag: Tag) -> Bool {
        carriedGroups.contains(tag.group) || carried.contains(tag)
    }

    private static let carriedGroups: Set<UInt16> = [0x0010, 0x0012]

    private static let carried: Set<Tag> = [
        .specificCharacterSet, .imageType, .sopInstanceUID, .studyDate, .seriesDate, .contentDate, .acquisitionDate,
        .studyTime, .seriesTime, .contentTime, .acquisitionTime, .accessionNumber, .issuerOfAccessionNumberSequence,
        .modality, .manufacturer, .institutionName, .referringPhysicianName, .timezoneOffsetFromUTC,
        .studyDescription, .seriesDescription, .derivationDescription, .derivationCodeSequence, .bodyPartExamined,
        .patientPosition, .studyInstanceUID, .seriesInstanceUID, .studyID, .seriesNumber, .acquisitionNumber,
        .instanceNumber, .patientOrientation, .laterality, .imageComments, .numberOfFrames, .rows, .columns,
        .pixelSpacing, .pixelAspectRatio, .nominalScannedPixelSpacing, .imagerPixelSpacing,
        .pixelSpacingCalibrationType, .pixelSpacingCalibrationDescription, .burnedInAnnotation,
        .recognizableVisualFeatures, .lossyImageCompression, .lossyImageCompressionRatio,
        .lossyImageCompressionMethod, .frameTime, .frameTimeVector, .frameIncrementPointer,
        .longitudinalTemporalInformationModified, .imagePositionPatient, .imageOrientationPatient,
        .frameOfReferenceUID, .positionReferenceIndicator,
    ]

    /// Attributes that may be empty but not missing.
    private static let typeTwo: [Tag] = [
        .studyDate, .studyTime, .accessionNumber, .referringPhysicianName, .patientName, .patientID, .patientBirthDate,
        .patientSex, .studyID, .seriesNumber, .instanceNumber,
    ]

    /// - Source: DICOM PS3.3 section C.8.6.3.
    private static func describeFrames(
        _ dataSet: inout DataSet, _ layout: SampleLayout, _ source: DataSet
    ) throws(DICOMError) {
        if dataSet.text(.burnedInAnnotation) == nil { try dataSet.set(.burnedInAnnotation, "NO") }
        if dataSet[.frameTime] != nil {
            try dataSet.set(pointer: .frameTime)
        } else if dataSet[.frameTimeVector] != nil {
            try dataSet.set(pointer: .frameTimeVector)
        } else {
            try dataSet.set(.pageNumberVector, integers: Array(1...layout.frameCount))
            try dataSet.set(pointer: .pageNumberVector)
        }
    }

    /// Greys that are P-values already.
    private static func plainGreys(_ dataSet: inout DataSet) throws(DICOMError) {
        try dataSet.set(.presentationLUTShape, "IDENTITY")
        try dataSet.set(.rescaleIntercept, "0")
        try dataSet.set(.rescaleSlope, "1")
        try dataSet.set(.rescaleType, "US")
    }
}

extension DataSet {
    /// Sets Frame Increment Pointer to one tag.
    fileprivate mutating func set(pointer tag: Tag) throws(DICOMError) {
        let halves = [tag.group, tag.element].flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        insert(DataElement(tag: .frameIncrementPointer, vr: .at, value: .bytes(halves)))
    }
}
