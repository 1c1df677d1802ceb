// CatalogueSelection owns which top-level elements a scan keeps, and the VR that PS3.6 gives each, for files that do
// not say it. Invariant: sorted by tag. Everything else of a file passes by.

/// The elements that a scan captures.
enum CatalogueSelection {
    /// The position of a tag among the captured ones; nil when it is passed over.
    @inline(__always)
    static func slot(of tag: Tag) -> Int? {
        tag.number > lastNumber || tag.isPrivate ? nil : index.line(of: tag.number)
    }

    static func tag(ofSlot slot: Int) -> Tag { elements[slot].tag }
    static func vr(ofSlot slot: Int) -> VR { elements[slot].vr }
    static var count: Int { elements.count }

    private static let lastNumber: UInt32 = 0x0040_0254
    private static let index = TagIndex(elements.map(\.tag.number))

    private static let elements: [(tag: Tag, vr: VR)] = meta + identity + study + image

    private static let meta: [(tag: Tag, vr: VR)] = [
        (.fileMetaInformationGroupLength, .ul), (.mediaStorageSOPClassUID, .ui), (.mediaStorageSOPInstanceUID, .ui),
        (.transferSyntaxUID, .ui), (.implementationClassUID, .ui), (.implementationVersionName, .sh),
        (.sourceApplicationEntityTitle, .ae),
    ]

    private static let identity: [(tag: Tag, vr: VR)] = [
        (.specificCharacterSet, .cs), (.imageType, .cs), (.sopClassUID, .ui), (.sopInstanceUID, .ui), (.studyDate, .da),
        (.seriesDate, .da), (.acquisitionDate, .da), (.contentDate, .da), (.studyTime, .tm), (.accessionNumber, .sh),
        (.modality, .cs), (.manufacturer, .lo), (.institutionName, .lo), (.referringPhysicianName, .pn),
        (.timezoneOffsetFromUTC, .sh), (.stationName, .sh), (.studyDescription, .lo), (.seriesDescription, .lo),
        (.manufacturerModelName, .lo),
    ]

    private static let study: [(tag: Tag, vr: VR)] = [
        (.patientName, .pn), (.patientID, .lo), (.issuerOfPatientID, .lo), (.patientBirthDate, .da), (.patientSex, .cs),
        (.bodyPartExamined, .cs), (.sliceThickness, .ds), (.protocolName, .lo), (.viewPosition, .cs),
        (.studyInstanceUID, .ui), (.seriesInstanceUID, .ui), (.studyID, .sh), (.seriesNumber, .is),
        (.instanceNumber, .is), (.imagePositionPatient, .ds), (.laterality, .cs), (.imageLaterality, .cs),
    ]

    private static let image: [(tag: Tag, vr: VR)] = [
        (.samplesPerPixel, .us), (.photometricInterpretation, .cs), (.numberOfFrames, .is), (.rows, .us),
        (.columns, .us), (.pixelSpacing, .ds), (.bitsAllocated, .us), (.bitsStored, .us), (.pixelRepresentation, .us),
        (.burnedInAnnotation, .cs), (.requestedProcedureDescription, .lo), (.performedProcedureStepDescription, .lo),
    ]
}
