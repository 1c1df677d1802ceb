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
        if made.values(.laterality).isEmpty, let side = side(of: source) { try made.set(.laterality, side) }
        for tag in typeTwo where made[tag] == nil {
            made.insert(DataElement(tag: tag, vr: DataDictionary.vr(of: tag) ?? .lo, value: .bytes([])))
        }
        if made[.laterality] == nil, mayBePaired(source) { try made.set(.laterality, "") }
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
        .instanceNumber, .patientOrientation, .imageComments, .numberOfFrames, .rows, .columns,
        .pixelSpacing, .pixelAspectRatio, .nominalScannedPixelSpacing, .imagerPixelSpacing,
        .pixelSpacingCalibrationType, .pixelSpacingCalibrationDescription, .burnedInAnnotation,
        .recognizableVisualFeatures, .lossyImageCompression, .lossyImageCompressionRatio,
        .lossyImageCompressionMethod,
        .longitudinalTemporalInformationModified,
    ]

    /// The side, where the source says it of each image, as mammography does; a Secondary Capture says it of the series.
    private static func side(of source: DataSet) -> String? {
        let frame = source.items(.sharedFunctionalGroupsSequence).first?.items(.frameAnatomySequence).first
        let sides = [source.values(.imageLaterality).first, frame?.values(.frameLaterality).first]
        return sides.compactMap { $0 }.first { $0 == "L" || $0 == "R" }
    }

    /// Whether the body has the part twice, by all that is said of it: only then the side is asked for.
    private static func mayBePaired(_ source: DataSet) -> Bool {
        guard let part = source.values(.bodyPartExamined).first, !part.isEmpty else { return true }
        return pairedParts.contains(part)
    }

    /// - Source: DICOM PS3.16 table L-1.
    private static let pairedParts: Set = [
        "ANKLE", "ARM", "BREAST", "CALCANEUS", "CLAVICLE", "EAR", "ELBOW", "EXTREMITY", "EYE", "FEMUR", "FIBULA",
        "FINGER", "FOOT", "FOREARM", "HAND", "HIP", "HUMERUS", "KIDNEY", "KNEE", "LEG", "LUNG", "PATELLA", "RADIUS",
        "SCAPULA", "SHOULDER", "THIGH", "THUMB", "TIBIA", "TOE", "ULNA", "WRIST", "ZYGOMA",
    ]

    /// Attributes that may be empty but not missing.
    private static let typeTwo: [Tag] = [
        .studyDate, .studyTime, .accessionNumber, .referringPhysicianName, .patientName, .patientID, .patientBirthDate,
        .patientSex, .studyID, .seriesNumber, .instanceNumber, .patientOrientation,
    ]

    /// - Source: DICOM PS3.3 section C.8.6.3.
    private static func describeFrames(
        _ dataSet: inout DataSet, _ layout: SampleLayout, _ source: DataSet
    ) throws(DICOMError) {
        if dataSet.text(.burnedInAnnotation) == nil { try dataSet.set(.burnedInAnnotation, "NO") }
        for tag in [Tag.frameTime, .frameTimeVector] {
            guard let element = source[tag], element.bytes?.isEmpty == false else { continue }
            dataSet.insert(element)
            return try dataSet.set(pointer: tag)
        }
        try dataSet.set(.pageNumberVector, integers: Array(1...layout.frameCount))
        try dataSet.set(pointer: .pageNumberVector)
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
