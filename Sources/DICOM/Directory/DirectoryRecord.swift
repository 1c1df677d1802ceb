// DirectoryRecord owns what a DICOMDIR says of one patient, study, series or instance: its type and its keys, taken over
// from a file's own attributes. Pure.

/// The record of one thing in a DICOMDIR.
///
/// - Source: DICOM PS3.3 section F.5.
struct DirectoryRecord {
    enum Level: CaseIterable {
        case patient, study, series
    }

    /// Directory Record Type.
    let type: String
    /// The keys; group 0004 comes with its place in the file.
    let keys: DataSet

    /// - Parameter number: What stands for a number that the file does not have.
    init(_ level: Level, of file: DataSet, number: Int) throws(DICOMError) {
        switch level {
        case .patient:
            try self.init(
                "PATIENT", file, [.patientName, .patientID, .issuerOfPatientID, .patientBirthDate, .patientSex])
        case .study:
            try self.init(
                "STUDY", file,
                [.studyDate, .studyTime, .accessionNumber, .studyDescription, .studyInstanceUID, .studyID],
                standIns: [.studyID: "\(number)"])
        case .series:
            try self.init(
                "SERIES", file, [.modality, .seriesInstanceUID, .seriesNumber, .seriesDescription, .laterality],
                standIns: [.seriesNumber: "\(number)", .modality: "OT"])
        }
    }

    /// Of an instance.
    ///
    /// - Returns: nil for a kind that has no record of its own and no pixels.
    init?(instance file: DataSet, number: Int) throws(DICOMError) {
        guard let kind = InstanceKind(file) else { return nil }
        try self.init(kind.rawValue, file, [.instanceNumber] + kind.keys, standIns: [.instanceNumber: "\(number)"])
    }

    /// Keys that must be there and are not are empty, dates too: a false one is worse.
    private init(
        _ type: String, _ file: DataSet, _ tags: [Tag], standIns: [Tag: String] = [:]
    ) throws(DICOMError) {
        self.type = type
        var keys = DataSet(elements: ([.specificCharacterSet] + tags).compactMap { file[$0] })
        for tag in tags where keys[tag]?.bytes?.isEmpty ?? (keys[tag] == nil) {
            if let text = standIns[tag] {
                try keys.set(tag, text)
            } else if Self.required.contains(tag) {
                try keys.set(tag, "")
            }
        }
        self.keys = keys
    }

    private static let required: Set<Tag> = [
        .patientName, .patientID, .studyDate, .studyTime, .accessionNumber, .studyDescription, .studyInstanceUID,
        .seriesInstanceUID, .contentDate, .contentTime, .documentTitle,
    ]
}

/// The kinds of instance that have records of their own.
enum InstanceKind: String {
    case image = "IMAGE"
    case structuredReport = "SR DOCUMENT"
    case keyObjects = "KEY OBJECT DOC"
    case presentation = "PRESENTATION"
    case waveform = "WAVEFORM"
    case encapsulated = "ENCAP DOC"
    case rawData = "RAW DATA"
    case registration = "REGISTRATION"
    case fiducial = "FIDUCIAL"
    case spectroscopy = "SPECTROSCOPY"
    case valueMap = "VALUE MAP"
    case dose = "RT DOSE"
    case structureSet = "RT STRUCTURE SET"
    case plan = "RT PLAN"
    case treatment = "RT TREAT RECORD"

    private static let storage = "1.2.840.10008.5.1.4.1.1."

    /// By the SOP class, after `storage`; of those that end with a dot, all below.
    private static let classes: [(name: String, kind: InstanceKind)] = [
        ("88.59", .keyObjects), ("88.", .structuredReport), ("104.", .encapsulated), ("11.", .presentation),
        ("9.", .waveform), ("66", .rawData), ("66.1", .registration), ("66.3", .registration), ("66.2", .fiducial),
        ("4.2", .spectroscopy), ("67", .valueMap), ("481.2", .dose), ("481.3", .structureSet), ("481.5", .plan),
        ("481.8", .plan), ("481.4", .treatment), ("481.6", .treatment), ("481.7", .treatment), ("481.9", .treatment),
    ]

    /// nil for what is none of these and no image.
    init?(_ file: DataSet) {
        let sopClass = file.text(.sopClassUID) ?? ""
        let name = sopClass.hasPrefix(Self.storage) ? String(sopClass.dropFirst(Self.storage.count)) : sopClass
        let known = Self.classes.first { $0.name.hasSuffix(".") ? name.hasPrefix($0.name) : name == $0.name }
        if let known {
            self = known.kind
        } else if file[.rows] != nil {
            self = .image
        } else {
            return nil
        }
    }

    /// Besides Instance Number.
    var keys: [Tag] {
        switch self {
        case .image: [.imageType, .numberOfFrames, .rows, .columns]
        case .structuredReport:
            [
                .contentDate, .contentTime, .conceptNameCodeSequence, Tag(0x0040_A491), Tag(0x0040_A493),
                .verificationDateTime,
            ]
        case .keyObjects, .waveform, .rawData, .spectroscopy:
            [.contentDate, .contentTime, .conceptNameCodeSequence]
        case .encapsulated:
            [.contentDate, .contentTime, .documentTitle, .mimeTypeOfEncapsulatedDocument, .conceptNameCodeSequence]
        case .presentation: (0x0070_0080...0x0070_0084).map { Tag($0) } + [.referencedSeriesSequence]
        case .registration, .fiducial, .valueMap:
            [.contentDate, .contentTime] + [0x0070_0080, 0x0070_0081, 0x0070_0084].map { Tag($0) }
        case .dose: [Tag(0x3004_000A)]
        case .structureSet: [0x3006_0002, 0x3006_0008, 0x3006_0009].map { Tag($0) }
        case .plan: [0x300A_0002, 0x300A_0006, 0x300A_0007].map { Tag($0) }
        case .treatment: [0x3008_0250, 0x3008_0251].map { Tag($0) }
        }
    }
}
